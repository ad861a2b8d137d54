import LatentData
import Testing

@testable import LatentFormats

private func read(
  _ text: String, _ schema: Schema, options: CSVOptions = CSVOptions(), chunk: Int = .max
) throws(FileError) -> CSVTable {
  try CSV.readTable(from: InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), schema: schema, options: options)
}

private func schema(_ variables: [(String, [String])]) throws -> Schema {
  try Schema(variables.map { try Variable(name: $0.0, states: $0.1) })
}

private func abSchema() throws -> Schema {
  try schema([("a", ["no", "yes"]), ("b", ["low", "a rather long label", "high"])])
}

private func rows(_ table: Table) -> [[StateCode]] { (0..<table.rowCount).map { table.codes(row: $0) } }

@Suite struct CSVReadTests {
  static let good: [(text: String, rows: [[StateCode]])] = [
    ("a,b\nno,low\nyes,high\n", [[0, 0], [1, 2]]),
    ("a,b\nno,low\nyes,high", [[0, 0], [1, 2]]),
    ("a,b\r\nno,low\r\nyes,high\r\n", [[0, 0], [1, 2]]),
    ("a,b\rno,low\ryes,high\r", [[0, 0], [1, 2]]),
    ("\u{FEFF}a,b\nno,low\n", [[0, 0]]),
    ("b,a\nlow,yes\n", [[1, 0]]),
    ("\"a\",\"b\"\n\"no\",\"low\"\r\n\"yes\",\"a rather long label\"\n", [[0, 0], [1, 1]]),
    ("a\tb\nno\tlow\n", [[0, 0]]),
    ("a;b\nno;low\n", [[0, 0]]),
    ("a,b\n,\nNA,N/A\nNaN,null\n?,\"\"\n\"NA\",low\n", [[-1, -1], [-1, -1], [-1, -1], [-1, -1], [-1, 0]]),
    ("a,b\nno,low\n\n\n", [[0, 0]]),
    ("a,b\n\nno,low\n\r\nyes,high\n", [[0, 0], [1, 2]]),
    ("a,b\n yes,low \n", [[1, 0]]),
    (" a,b \nyes,low\n", [[1, 0]]),
    ("a\nyes\n\nno\n", [[1, -1], [-1, -1], [0, -1]]),
    ("a\nyes\n\"\"\n\n", [[1, -1], [-1, -1], [-1, -1]]),
    ("a,b\nyes,a rather long label\nyes,", [[1, 1], [1, -1]]),
  ]

  @Test(arguments: good.indices) func readsGoodTables(index: Int) throws {
    let (text, expected) = Self.good[index]
    for chunk in [Int.max, 1, 2, 3, 5, 7, 11, 13, 17] {
      #expect(rows(try read(text, abSchema(), chunk: chunk).table) == expected, "\(chunk) bytes at a time")
    }
  }

  static let bad: [(text: String, message: String)] = [
    ("", "t.csv: the file is empty; its first line must name the columns"),
    ("\u{FEFF}", "t.csv: the file is empty; its first line must name the columns"),
    ("\na,b\n", "t.csv:1: the first line is empty; it must name the columns"),
    ("a,b\n", "t.csv: there are no rows below the names of the columns; give at least one"),
    ("a,b\n\n\n", "t.csv: there are no rows below the names of the columns; give at least one"),
    (
      "a,b\nno,low\nmaybe,low\n",
      "t.csv:3: column a: 'maybe' is not a state of a (no, yes); add it to the model or to the missing tokens"
    ),
    ("a,b\nYes,low\n", "t.csv:2: column a: 'Yes' is not a state of a (no, yes), case matters; did you mean 'yes'?"),
    (
      "a,b\n\n\nno,\"x\ny\u{1}\"\n",
      "t.csv:4: column b: 'x\\x0ay\\x01' is not a state of b (low, a rather long label, high); "
        + "add it to the model or to the missing tokens"
    ),
    (
      "a,b\nno\n",
      "t.csv:2: found 1 cell, expected 2 as in the header; leave a missing cell empty between delimiters"
    ),
    ("a,b\nno,lo,w\n", "t.csv:2: found 3 cells, expected 2 as in the header; quote a cell that holds the delimiter"),
    (
      "a,b\nno,low,\n",
      "t.csv:2: found 3 cells, expected 2 as in the header; remove the delimiter at the end of the line"
    ),
    ("a,b,a\n", "t.csv:1: columns 1 and 3 are both named a; names must differ, rename one"),
    ("a,b,\nno,low,\n", "t.csv:1: column 3 has no name; give it one, or set unknownColumns to .ignore to leave it out"),
    (
      "a,c\nno,low\n",
      "t.csv:1: column c is not a variable of the model (a, b); set unknownColumns to .ignore to leave such columns out"
    ),
    ("A,b\nno,low\n", "t.csv:1: column A is not a variable of the model, case matters; did you mean a?"),
    (
      "a,b\nno,low\nno,\"low\nyes,high\n",
      "t.csv:3:4: the quote that opens here is never closed; close it, or write a quote that belongs to the cell twice"
    ),
    (
      "a,b\nno,\"low\"x\n",
      "t.csv:2:9: text follows the closing quote of a cell; write a quote that belongs to the cell twice"
    ),
    ("a,b\nno, \"low\"\n", "t.csv:2:5: whitespace stands before the opening quote of a cell; remove it"),
    ("a,b\nn\0o,low\n", "t.csv:2:2: a NUL byte stands here; save the file as plain text in UTF-8"),
    ("a\0,b\n", "t.csv:1:2: a NUL byte stands here; save the file as plain text in UTF-8"),
  ]

  @Test(arguments: bad.indices) func saysWhatIsWrong(index: Int) throws {
    let (text, message) = Self.bad[index]
    let schema = try abSchema()
    for chunk in [Int.max, 1, 2, 3, 5, 7, 11] {
      let error = #expect(throws: FileError.self) { try read(text, schema, chunk: chunk) }
      #expect(error?.description == message, "\(chunk) bytes at a time")
      #expect(error?.kind == .invalid)
    }
  }

  static let badBytes: [(bytes: [UInt8], message: String)] = [
    (Array("a\nn".utf8) + [0xE9, 0x0A], "t.csv:2: column a: 'n\\xe9' is not valid UTF-8; save the file in UTF-8"),
    ([0xFF, 0xFE, 0x61, 0], "t.csv:1: the text is in UTF-16; save it in UTF-8"),
    (
      [0x1F, 0x8B, 8, 0],
      "t.csv:1: the file is packed; give it a name that ends in .gz, or unpack it with gzip -d"
    ),
    (
      [0xE9, 0x0A],
      "t.csv:1: the name of column 1 ('\\xe9') is not valid UTF-8 text; save the file as text in UTF-8"
    ),
  ]

  @Test(arguments: badBytes.indices) func refusesOtherEncodings(index: Int) throws {
    let (bytes, message) = Self.badBytes[index]
    let schema = try abSchema()
    let error = #expect(throws: FileError.self) {
      try CSV.readTable(from: InputWindow(bytes, name: "t.csv"), schema: schema, options: CSVOptions())
    }
    #expect(error?.description == message)
  }

  @Test func longListsAndLongCellsAreCut() throws {
    let wide = try schema([("a", (1...20).map(String.init))])
    do {
      _ = try read("a\n" + String(repeating: "é", count: 500_000) + "\n", wide)
      Issue.record("read without complaint")
    } catch {
      let shown = String(repeating: "é", count: 30)
      #expect(
        "\(error)" == "t.csv:2: column a: '\(shown)…' is not a state of a (1, 2, 3, 4, 5, 6, 7, 8, … 20 in all); "
          + "add it to the model or to the missing tokens")
    }
  }

  @Test func tokensAreAddedReplacedAndKeptToTheirColumn() throws {
    let schema = try schema([("a", ["1", "2", "NA"]), ("b", ["1", "-9"])])
    let text = "a,b\n1,-9\nNA,NA\n-9,none\n"
    let added = try read(text, schema, options: CSVOptions(missing: MissingTokens(adding: ["a=-9", "none", "b=x=y"])))
    #expect(rows(added.table) == [[0, 1], [2, -1], [-1, -1]])
    #expect(added.missingTokens.filter { $0.cells > 0 }.map(\.token) == ["NA", "-9", "none"])
    #expect(added.missingTokens.first { $0.token == "-9" }?.column == "a")
    #expect(
      added.warnings == ["no cell of column b was read as missing for 'x=y': none holds it, or it is a state there"])

    let only = CSVOptions(missing: MissingTokens(only: ["none", "-9"]))
    #expect(throws: FileError.self) { try read(text, schema, options: only) }
    #expect(rows(try read("a,b\nNA,-9\nnone,1\n", schema, options: only).table) == [[2, 1], [-1, 0]])
    let error = #expect(throws: FileError.self) { try read("a,b\nNA,\n", schema, options: only) }
    #expect(
      error?.description
        == "t.csv:2: column b: an empty cell is not a state of b (1, -9); add the empty text to the missing tokens")
  }

  @Test func weightsAreNumbers() throws {
    let schema = try abSchema()
    let options = CSVOptions(weightsColumn: "w", otherText: .kept)
    let table = try read("a,w,b\nno,2,low\nno,0,\nno, 1e2 ,low\n", schema, options: options)
    #expect(table.table.weights == [2, 0, 100])
    #expect(table.weightsColumn?.cells?[2] == " 1e2 ")
    #expect(table.ignoredColumns.isEmpty)
    for (cell, sentence) in [
      ("", "the weight is missing; give every row a number, 0 to leave it out"),
      ("-1", "'-1' is not a weight; expected a finite number, 0 or greater"),
      ("inf", "'inf' is not a weight; expected a finite number, 0 or greater"),
      ("two", "'two' is not a weight; expected a finite number, 0 or greater"),
    ] {
      let error = #expect(throws: FileError.self) { try read("a,w\nno,1\nno,\(cell)\n", schema, options: options) }
      #expect(error?.description == "t.csv:3: column w: \(sentence)")
    }
    #expect(throws: FileError.self) { try read("a,b\nno,low\n", schema, options: options) }
    #expect(throws: FileError.self) { try read("a,b\nno,low\n", schema, options: CSVOptions(weightsColumn: "a")) }
  }

  @Test func otherColumnsArePassedOn() throws {
    let schema = try abSchema()
    let text = "id,a,,note\n1,no,x,\"one, two\nthree\"\n2,NA,y,\"é\"\"\"\n"
    for chunk in [Int.max, 1, 2, 3, 5, 7, 11, 13] {
      let options = CSVOptions(unknownColumns: .ignore, otherText: .kept)
      let table = try read(text, schema, options: options, chunk: chunk)
      #expect(table.header == ["id", "a", "", "note"])
      #expect(table.ignoredColumns.map(\.name) == ["id", "", "note"])
      #expect(table.ignoredColumns.map(\.position) == [0, 2, 3])
      let cells = table.ignoredColumns.map { column in (0..<2).map { column.cells?[$0] } }
      #expect(cells == [["1", "2"], ["x", "y"], ["one, two\nthree", "é\""]])
      #expect(table.table.columns[1] == .absent)
      #expect((0..<2).map { table.line(ofRow: $0) } == [2, 4])
    }
    let dropped = try read(text, schema, options: CSVOptions(unknownColumns: .ignore))
    #expect(dropped.ignoredColumns.allSatisfy { $0.cells == nil })
    #expect(throws: FileError.self) { try read("x\n1\n", schema, options: CSVOptions(unknownColumns: .ignore)) }
  }

  @Test func whatWasReadGenerouslyIsSaid() throws {
    let table = try read("a,b\n\nno,low\n yes,low\n\n\nno ,high\n\n", abSchema())
    #expect(
      table.warnings == [
        "3 blank lines skipped, the first is line 2",
        "column a: 2 cells read without the whitespace around the label",
      ])
    #expect((0..<3).map { table.line(ofRow: $0) } == [3, 4, 7])
  }

  @Test func statesWithLineEndsCountAsLines() throws {
    let schema = try schema([("a", ["x\ny", "x\ry", "x\r\ny", "z"]), ("b", ["low"])])
    let text = "a,b\nz,low\n\"x\ny\",low\n\"x\ry\",low\nz,low\n\"x\r\ny\",low\nz,low\nz,maybe\n"
    for chunk in [Int.max, 1, 3, 7, 20] {
      let table = try read(text.replacing("maybe", with: "low"), schema, chunk: chunk)
      #expect(rows(table.table).map { $0[0] } == [3, 0, 1, 3, 2, 3, 3])
      #expect((0..<7).map { table.line(ofRow: $0) } == [2, 3, 5, 7, 8, 10, 11])
      #expect(#expect(throws: FileError.self) { try read(text, schema, chunk: chunk) }?.line == 11)
    }
  }

  @Test func anotherSpellingOfTheSameCharactersIsTheSameState() throws {
    let schema = try schema([("a", ["caf\u{E9}", "th\u{E9}"])])
    let table = try read("a\ncafe\u{301}\nth\u{E9}\ncafe\u{301}\n", schema).table
    #expect(rows(table) == [[0], [1], [0]])
  }
}
