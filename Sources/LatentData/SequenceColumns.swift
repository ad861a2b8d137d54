/// The columns of a file that make sequences of its rows. They are no variables.
public struct SequenceColumns: Hashable, Sendable {
  /// The column whose value the rows of a sequence have in common; nil where all rows are one sequence.
  public let by: String?
  /// The column that rises from step to step; nil where the rows of a sequence stand in order.
  public let order: String?

  /// Columns by name.
  public init(by: String? = nil, order: String? = nil) {
    self.by = by
    self.order = order
  }

  /// All rows are one sequence, in their order.
  public static let none = SequenceColumns()

  /// The columns that there are, with what they are for.
  package var fields: [(key: String, column: String)] {
    [("by", by), ("order", order)].compactMap { key, column in column.map { (key, $0) } }
  }

  /// The columns that there are.
  public var names: [String] { [by, order].compactMap(\.self) }
}
