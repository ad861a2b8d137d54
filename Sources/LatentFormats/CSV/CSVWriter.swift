public import LatentData

/// Writes a table as text, row by row: RFC 4180 with lines that end in LF.
///
/// A cell with the delimiter, a quote, a line end, or blanks around it is quoted; a missing cell is empty, and `""` in a
/// table of one column, where an empty line would say nothing.
public struct CSVWriter {
  private let file: OutputFile
  /// Spells the cells of the table.
  package let encoder: CSVCellEncoder
  private let columnCount: Int

  /// Begins a table with the line that names the columns; the file stays open until its owner commits it.
  public init(_ file: OutputFile, header: [String], delimiter: CSVDelimiter = .comma) throws(FileError) {
    precondition(!header.isEmpty, "a table has at least one column")
    self.file = file
    encoder = CSVCellEncoder(delimiter: delimiter, columnCount: header.count)
    columnCount = header.count
    try write(rows: 0..<1) { [encoder] _, line in
      for name in header { encoder.append(name: name, to: &line) }
    }
  }

  /// Writes one row; nil is a missing cell.
  public func write(row cells: [String?]) throws(FileError) {
    precondition(cells.count == columnCount, "one cell per column")
    try write(rows: 0..<1) { [encoder] _, line in
      for cell in cells { encoder.append(cell, to: &line) }
    }
  }

  /// Writes rows given as columns of equal length.
  public func write(columns: [CSVColumn]) throws(FileError) {
    precondition(columns.count == columnCount, "one column per name")
    var cells = CSVCells(columns, encoder)
    try write(rows: 0..<columns[0].rowCount) { cells.append(row: $0, to: &$1) }
  }

  /// Writes rows, whose cells `appendCells` appends to the line: one per column, with a delimiter behind each.
  ///
  /// The line is a part of the file's buffer, so that a cell is copied once. Cells come from the encoder (texts and
  /// numbers that differ from row to row), from `CSVSpellings` (what recurs) or from `CSVCells` (whole columns).
  package func write(
    rows: Range<Int>, _ appendCells: (_ row: Int, _ line: inout ByteBuffer) -> Void
  ) throws(FileError) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      try file.fill { buffer, fullCount in
        while row < rows.upperBound, buffer.count < fullCount {
          appendCells(row, &buffer)
          buffer.replaceLast(with: 0x0A)
          row += 1
        }
      }
    }
  }
}

/// A column to be written.
public enum CSVColumn: Sendable {
  /// States by their codes; −1 is a missing cell.
  case codes([StateCode], states: [String])
  /// Numbers in the shortest form that reads back to the same value; NaN is a missing cell.
  case numbers([Double])
  /// Cells of a variable of numbers: the same, but whole numbers without a point, as people write them.
  case reals([Double])
  /// Texts; nil is a missing cell.
  case texts([String?])
  /// Texts that were kept from a file.
  case kept(CSVText)

  /// The column of a variable; one that a table does not have is missing cells.
  public init(_ column: Column, of variable: Variable, rowCount: Int) {
    switch column {
    case .absent: self = .texts([String?](repeating: nil, count: rowCount))
    case .codes(let codes): self = .codes(codes, states: variable.states)
    case .reals(let values): self = .reals(values)
    }
  }

  var rowCount: Int {
    switch self {
    case .codes(let codes, _): codes.count
    case .numbers(let numbers), .reals(let numbers): numbers.count
    case .texts(let texts): texts.count
    case .kept(let text): text.count
    }
  }
}

extension CSV {
  /// Writes columns of equal length as a table; the file stays open until its owner commits it.
  ///
  /// What is written reads back as the same table under a schema that declares its states. A missing cell is empty, or
  /// the first standard token that is not a state where the empty text is one.
  public static func write(
    header: [String], columns: [CSVColumn], to file: OutputFile, delimiter: CSVDelimiter = .comma
  ) throws(FileError) {
    precondition(header.count == columns.count, "one name per column")
    try CSVWriter(file, header: header, delimiter: delimiter).write(columns: columns)
  }
}
