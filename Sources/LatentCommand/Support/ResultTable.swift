internal import Latent

/// A table with one row per row of the data: the columns that identify a row, then those of a result.
struct ResultTable {
  private(set) var header: [String]
  private(set) var columns: [CSVColumn]
  private let delimiter: CSVDelimiter
  private let rowCount: Int
  private let path: String

  /// A table of the columns of the data that the model does not know, with their text as it was.
  init(identifying data: LoadedTable) {
    header = data.csv.ignoredColumns.map(\.name)
    columns = data.csv.ignoredColumns.compactMap { $0.cells.map { .kept($0) } }
    delimiter = data.csv.delimiter
    rowCount = data.table.rowCount
    path = displayName(data.path)
  }

  /// A table without columns, of rows that are not those of the data.
  init(rowCount: Int, of data: LoadedTable) {
    header = []
    columns = []
    delimiter = data.csv.delimiter
    self.rowCount = rowCount
    path = displayName(data.path)
  }

  /// Appends a column of the result; its name must not be that of a column of the data.
  mutating func append(_ name: String, _ column: CSVColumn) throws {
    try append(name: name)
    columns.append(column)
  }

  /// Appends the name of a column whose cells are there row by row only, when the table is written.
  mutating func append(name: String) throws {
    guard !header.contains(name) else {
      throw CommandError(
        .data, "\(path): the data and the result both have a column \(name); rename that of the data")
    }
    header.append(name)
  }

  /// What spells the cells of the table; to be asked for when all columns have their names.
  var encoder: CSVCellEncoder { CSVCellEncoder(delimiter: delimiter, columnCount: header.count) }

  /// Writes the table with the delimiter of the data; to standard output when no file is named.
  func write(to path: String?) throws { try write(to: path) { _, _ in } }

  /// Writes the table, and in each row behind the columns that it has the cells that `appendCells` appends.
  func write(to path: String?, appendCells: (_ row: Int, _ line: inout ByteBuffer) -> Void) throws {
    let file = try OutputFile(path ?? "-")
    let writer = try CSVWriter(file, header: header, delimiter: delimiter)
    var cells = CSVCells(columns, writer.encoder)
    try writer.write(rows: 0..<rowCount) { row, line in
      cells.append(row: row, to: &line)
      appendCells(row, &line)
    }
    try file.commit()
  }

  /// The rows as JSON objects keyed by the names of the columns.
  var objects: JSONValue {
    let members = zip(header.map { JSONKey($0) }, columns).sorted { $0.0 < $1.0 }
    return .written { writer in
      try writer.list { writer in
        for row in 0..<rowCount {
          try writer.object { writer in
            for (key, column) in members {
              writer.write(key)
              try writer.write(Self.cell(column, row))
            }
          }
        }
      }
    }
  }

  private static func cell(_ column: CSVColumn, _ row: Int) -> JSONValue {
    switch column {
    case .codes(let codes, let states): codes[row] < 0 ? .null : .text(states[Int(codes[row])])
    case .numbers(let numbers), .reals(let numbers): .number(numbers[row])
    case .texts(let texts): texts[row].map { .text($0) } ?? .null
    case .kept(let text): .text(text[row])
    }
  }
}
