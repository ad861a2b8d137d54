import LatentData
import Testing

@testable import LatentFormats

/// A text as a table whose schema is given as `a: x y, b: x y`.
private func read(
  _ text: String, _ schema: Schema = abc, options: CSVOptions = CSVOptions(), chunk: Int = .max
) throws(FileError) -> CSVTable {
  let window = try InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk)
  return try CSV.readTable(from: window, schema: schema, options: options)
}

private func schema(_ variables: [(String, [String])]) -> Schema {
  // swift-format-ignore: NeverUseForceTry
  try! Schema(variables.map { try Variable(name: $0.0, states: $0.1) })
}

private let abc = schema([("a", ["no", "yes"]), ("b", ["low", "a rather long label", "high"])])

private func rows(_ table: Table) -> [[StateCode]] { (0..<table.rowCount).map { table.row($0) } }

@Suite struct CSVReadTests {
  static let good: [(text: String, rows: [[StateCode]])] = [
    ("a,b\nno,low\nyes,high\n", [[0, 0], [1, 2]]),
    ("a,b\nno,low\nyes,high", [[0, 0], [1, 2]]),
    ("a,b\r\nno,low\r\nyes,high\r\n", [[0, 0], [1, 2]]),
    ("a,b\rno,low\ryes,high\r", [[0, 0], [1, 2]]),
    ("\u{FEFF}a,b\nno,low\n", [[0, 0]]),
    ("b,a\nlow,yes\n", [[1, 0]]),
    ("\"a\",\"b\"\n\"no\",\"low\"\n\"yes\",\"a rather long label\"\n", [[0, 0], [1, 1]]),
    ("a\tb\nno\tlow\n", [[0, 0]]),
    ("a;b\nno;low\n", [[0, 0]]),
    ("a,b\n,\nNA,N/A\nNaN,null\n?,\"\"\n\"NA\",low\n", [[-1, -1], [-1, -1], [-1, -1], [-1, -1], [-1, 0]]),
    ("a,b\nno,low\n\n\n", [[0, 0]]),
    ("a,b\n\nno,low\n\r\nyes,high\n", [[0, 0], [1, 2]]),
    ("a,b\n yes,low \n", [[1, 0]]),
    ("a\nyes\n\nno\n", [[1, -1], [-1, -1], [0, -1]]),
    ("a,b\nyes,a rather long label\nyes,", [[1, 1], [1, -1]]),
  ]

  @Test(arguments: good.indices) func readsGoodTables(index: Int) throws {
    let (text, expected) = Self.good[index]
    #expect(rows(try read(text).table) == expected)
  }
}
