import LatentData
import Testing

@testable import LatentFormats

/// Rows as they stand in a file.
@Suite struct CSVRecordsTests {
  static let odd =
    "\u{FEFF}\"name\",note ,n\r\nplain, spaced ,1\n\n\"quoted, with comma\",\"two \"\"quotes\"\"\",NA\n"
    + "\"line\nend\",,?\r\nlast,\"\", 3"

  private static func records(_ text: String, chunk: Int = .max, _ missing: MissingTokens = MissingTokens()) throws
    -> CSVRecords
  {
    try CSVRecords(InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), missing: missing)
  }

  /// Whatever pieces the text comes in.
  @Test(arguments: [1, 2, 3, 7, 20, .max]) func cellsAreReadAsTheyStand(chunk: Int) throws {
    let records = try Self.records(Self.odd, chunk: chunk)
    #expect(records.header == ["name", "note ", "n"])
    var rows: [[String]] = []
    var lines: [Int] = []
    var missing: [[Bool]] = []
    while try records.next() {
      rows.append(try (0..<3).map { try records.text($0) })
      missing.append((0..<3).map { records.isMissing($0) })
      lines.append(records.line)
    }
    #expect(
      rows == [
        ["plain", " spaced ", "1"], ["quoted, with comma", "two \"quotes\"", "NA"], ["line\nend", "", "?"],
        ["last", "", " 3"],
      ])
    #expect(lines == [2, 4, 5, 7])
    #expect(
      missing == [
        [false, false, false], [false, false, true], [false, true, true], [false, true, false],
      ])
    #expect(records.warnings.map(\.message) == ["1 blank line skipped, the first is line 3"])
  }

  /// Copied without a change, a file is the same to the last byte; with one, all other bytes are.
  @Test(arguments: [1, 2, 5, 20, .max]) func copiesAreTheSameBytes(chunk: Int) throws {
    func copy(_ replacing: (Int, Int) -> String?) throws -> String {
      try withCSVDirectory { directory in
        let path = directory + "/out.csv"
        let file = try OutputFile(path)
        let records = try Self.records(Self.odd + "\n\n", chunk: chunk)
        try records.copyHeader(to: file)
        while try records.next() { try records.copyRow(to: file) { replacing(records.row, $0) } }
        try records.copyRest(to: file)
        try file.commit()
        return String(decoding: try InputFile.readWhole(path), as: UTF8.self)
      }
    }
    #expect(try copy { _, _ in nil } == Self.odd + "\n\n")
    let changed = try copy { row, column in row == 2 && column < 2 ? (column == 0 ? "" : "a,b") : nil }
    #expect(changed == (Self.odd + "\n\n").replacing("\"quoted, with comma\",\"two \"\"quotes\"\"\"", with: ",\"a,b\""))
  }

  @Test func numbersAndLabels() throws {
    let records = try Self.records("a,b\n 1.5 , x \n1e141,é\n")
    #expect(try records.next())
    #expect(records.number(0) == 1.5 && records.number(1) == nil)
    #expect(try records.label(1) == "x")
    #expect(records.holds(1, Array("x".utf8)) && !records.holds(1, Array("y".utf8)))
    #expect(try records.next())
    #expect(records.number(0) == nil)
    #expect(try !records.next())
  }

  @Test func tokensMayBeForOneColumn() throws {
    let records = try Self.records("a,b\n-9,-9\n", MissingTokens(only: ["b=-9", "none"]))
    #expect(try records.next())
    #expect(!records.isMissing(0) && records.isMissing(1))
    #expect(records.missingText(0) == "none" && records.missingText(1) == "-9")
  }

  /// In a table of one column, an empty line is a row.
  @Test func oneColumn() throws {
    let records = try Self.records("a\nx\n\ny")
    var texts: [String] = []
    while try records.next() { texts.append(try records.text(0)) }
    #expect(texts == ["x", "", "y"])
  }

  @Test(arguments: [
    ("a,b\n", "t.csv: there are no rows below the names of the columns; give at least one"),
    (
      "a,b\n1,2\n3\n",
      "t.csv:3: found 1 cell, expected 2 as in the header; leave a missing cell empty between delimiters"
    ),
    ("a,b\n1,2,3\n", "t.csv:2: found 3 cells, expected 2 as in the header; quote a cell that holds the delimiter"),
    (
      "a,b\n1,\"2\n",
      "t.csv:2:3: the quote that opens here is never closed; close it, or write a quote that belongs to the cell twice"
    ),
  ])
  func refusals(_ text: String, _ sentence: String) {
    #expect(throws: FileError.self) {
      do {
        let records = try Self.records(text)
        while try records.next() {}
      } catch let error as FileError {
        #expect(error.description == sentence)
        throw error
      }
    }
  }
}
