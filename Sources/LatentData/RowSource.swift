/// Where rows come from: a table in memory, a file, or whatever can hand rows over block by block.
///
/// Learning and scoring go through the rows once and keep none of them, so that a source may be larger than memory. A
/// source of one's own hands over tables of any size, all of one schema:
///
/// ```swift
/// struct Months: RowSource {
///   let schema: Schema
///   func forEachBlock(_ body: (Table) throws -> Void) throws {
///     for month in 1...12 { try body(rows(ofMonth: month)) }
///   }
/// }
/// ```
public protocol RowSource {
  /// The variables that the rows are about.
  var schema: Schema { get }

  /// Calls `body` with blocks of rows in their order, each a table of `schema`.
  ///
  /// Every call begins with the first row. A source that can be read once only throws when it is read again; that
  /// happens only to find out which rows a model makes impossible.
  ///
  /// - Throws: what reading throws, and at once what `body` throws.
  func forEachBlock(_ body: (Table) throws -> Void) throws
}

extension Table: RowSource {
  /// Calls `body` once, with the table itself.
  public func forEachBlock(_ body: (Table) throws -> Void) throws { try body(self) }
}

extension TableSummary {
  /// The summary of all rows of a source; linear in the cells.
  public init(_ rows: some RowSource) throws {
    self.init(schema: rows.schema)
    try rows.forEachBlock { add($0) }
  }
}
