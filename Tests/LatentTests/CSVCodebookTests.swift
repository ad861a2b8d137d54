import LatentData
import LatentKernels
import Testing

@testable import LatentFormats

@Suite struct CSVCodebookTests {
  private static let schema = try! Schema([
    Variable(name: "grade", states: ["1", "2", "6"]), Variable(name: "zip", states: ["01", "2.0"]),
    Variable(name: "x", domain: .real), Variable(name: "wind", states: ["calm", "windy", "storm"]),
  ])
  private static let codebook = Codebook(
    missing: ["-9"], missingByVariable: ["grade": ["9"]], cuts: ["wind": try! Cuts([3.5, 10])])

  private func read(
    _ text: String, _ options: CSVOptions = CSVOptions(codebook: codebook), chunk: Int = .max
  ) throws -> CSVTable {
    try CSV.readTable(
      from: InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), schema: Self.schema, options: options)
  }

  @Test func numbersMatchAsNumbers() throws {
    let text = "grade,zip,x\n6.0,2,1\n 1.00 ,01,2\n+2,2.00,-9.0\n9.0,-9,-9\n6.0,2,1\n2e0,2.0,-9.00\n"
    for chunk in [Int.max, 1, 7] {
      let csv = try read(text, chunk: chunk)
      #expect(csv.table.columns[0] == .codes([2, 0, 1, -1, 2, 1]))
      #expect(csv.table.columns[1] == .codes([1, 0, 1, -1, 1, 1]))
      #expect(csv.table.columns[2] == .reals([1, 2, .nan, .nan, 1, .nan]))
      #expect(
        csv.warnings.map(\.description) == [
          "column grade: 1 cell read without the whitespace around the label",
          "column grade: '6.0' was read as the state 6, which is the same number",
          "column zip: '2' was read as the state 2.0, which is the same number",
        ])
      #expect(
        csv.missingTokens.filter { $0.cells > 0 }.map { "\($0.column ?? "")=\($0.token): \($0.cells)" } == [
          "=-9: 4", "grade=9: 1",
        ])
    }
  }

  /// A code with zeros before it is a text; so it matches no number.
  @Test func codesMatchAsTextOnly() {
    #expect {
      try read("grade,zip\n1,1\n")
    } throws: {
      "\($0)"
        == "t.csv:2: column zip: '1' is not a state of zip (01, 2.0); add it to the model or to the missing tokens"
    }
  }

  @Test func statesComeBeforeTokens() throws {
    let options = CSVOptions(missing: MissingTokens(adding: ["6.0", "x=2.0"]))
    let csv = try read("grade,x\n6,2\n6.0,6\n1,3\n", options)
    #expect(csv.table.columns[0] == .codes([2, 2, 0]))
    #expect(csv.table.columns[2] == .reals([.nan, .nan, 3]))
  }

  @Test func typedTokensAreSplitAtCommas() throws {
    for typed in [["-9,99"], ["-9, 99"], ["-9", "99"], ["grade=-9,99,x=-9,99"]] {
      let csv = try read("grade,x\n-9,99\n99.0,-9.0\n1,4\n", CSVOptions(missing: MissingTokens(adding: typed)))
      #expect(csv.table.columns[0] == .codes([-1, -1, 0]), "\(typed)")
      #expect(csv.table.columns[2] == .reals([.nan, .nan, 4]), "\(typed)")
    }
    let tokens = MissingTokens(adding: ["a,b=1,2", "c=", "d"]).resolved(header: ["a,b", "c"], codebook: Codebook())
    #expect(
      tokens.dropFirst(MissingTokens.standard.count).map { [$0.column, $0.text] } == [
        ["a,b", "1"], ["a,b", "2"], ["c", ""], [nil, "d"],
      ])
  }

  @Test func aTokenOfTheCodebookMayHaveACommaAndIsNotMissed() throws {
    let csv = try read("x\n\"1,5\"\n1\n", CSVOptions(codebook: Codebook(missing: ["1,5", "never"])))
    #expect(csv.table.columns[2] == .reals([.nan, 1]))
    #expect(csv.warnings.isEmpty)
    #expect(throws: FileError.self) {
      try read("x\n\"1,5\"\n", CSVOptions(missing: MissingTokens(only: ["a"]), codebook: Codebook(missing: ["1,5"])))
    }
  }

  @Test func numbersAreCutIntoStates() throws {
    let text = "wind,grade\n3.5,1\n3.6,1\nstorm,2\n,1\n-9.0,6\n 1e3 ,1\n\"10\",2\nNA,1\ncalm,1\n"
    for chunk in [Int.max, 1, 5] {
      let csv = try read(text, CSVOptions(codebook: Self.codebook, otherText: .kept), chunk: chunk)
      #expect(csv.table.columns[3] == .codes([0, 1, 2, -1, -1, 2, 1, -1, 0]))
      let numbers = try #require(csv.cutNumbers["wind"])
      #expect(Column.reals(numbers) == .reals([3.5, 3.6, .nan, .nan, .nan, 1000, 10, .nan, .nan]))
    }
    #expect(try read(text).cutNumbers.isEmpty)
  }

  @Test(arguments: [
    (
      "wind\nfair\n",
      "t.csv:2: column wind: 'fair' is not a number or a state (calm, windy, storm); correct it or add it to the missing tokens"
    ),
    (
      "wind\n\"3,5\"\n",
      "t.csv:2: column wind: '3,5' is not a number or a state (calm, windy, storm); write decimals with a point, and thousands without a separator"
    ),
    ("wind\ninf\n", "t.csv:2: column wind: 'inf' is not a finite number; correct it or add it to the missing tokens"),
  ]) func refusesWhatIsNoNumber(text: String, sentence: String) {
    #expect { try read(text) } throws: { "\($0)" == sentence }
  }

  @Test func cutsAndStatesMustAgree() {
    let options = CSVOptions(codebook: Codebook(cuts: ["wind": try! Cuts([1])]))
    #expect {
      try read("wind\n1\n", options)
    } throws: {
      "\($0)" == "t.csv:1: wind has 3 states and is cut into 2 intervals; give it one cut fewer than states"
    }
  }

  /// Whatever way numbers are spelt, and however few bytes are seen at a time, a table reads as its plain spelling does.
  @Test(arguments: 0..<40) func spellingsOfNumbersMakeNoDifference(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var plain = "grade,wind,x\n"
    var odd = plain
    for _ in 0..<Int.random(in: 1...3000, using: &random) {
      let cells = [["1", "2", "6", "9", "-9", ""], ["1", "3.5", "12", "-9", "storm"], ["0.5", "7", "-9", "NA"]]
        .map { $0.randomElement(using: &random)! }
      plain += cells.joined(separator: ",") + "\n"
      odd += cells.map { spelling(of: $0, using: &random) }.joined(separator: ",") + "\n"
    }
    let expected = try read(plain).table
    #expect(try read(odd).table == expected)
    #expect(try read(odd, chunk: 37).table == expected)
  }

  private func spelling(of cell: String, using random: inout SplitMix64) -> String {
    guard Double(cell) != nil else { return cell }
    let point = cell.contains(".") ? "" : "."
    return [cell, cell + point + "0", cell + point + "000", "\"\(cell)\"", " \(cell)", cell + "e0"]
      .randomElement(using: &random)!
  }

  @Test func inferenceFindsTheSameNumberOnce() throws {
    let result = try CSV.inferTable(
      from: InputWindow(Array("a,b\n6.0,x\n6,x\n1.0,y\n-9.0,y\n06,y\n".utf8), name: "t.csv"),
      options: CSVOptions(missing: MissingTokens(adding: ["-9", "b=zz"])))
    #expect(result.schema.variables.map(\.states) == [["1.0", "06", "6"], ["x", "y"]])
    #expect(result.csv.table.columns[0] == .codes([2, 2, 0, -1, 1]))
    #expect(result.codebook == Codebook(missing: ["-9"], missingByVariable: ["b": ["zz"]]))
  }

  @Test func columnsBecomeWhatIsAskedFor() throws {
    let text = "a,b,c,d\n" + (0..<40).map { "\($0 % 3),\($0),\($0).5,\($0)\n" }.joined()
    let types: [String: CSVOptions.ColumnType] = [
      "a": .real, "b": .states, "c": .intervals(.quantiles(2)), "d": .intervals(.at(try Cuts([9]))),
    ]
    let result = try CSV.inferTable(
      from: InputWindow(Array(text.utf8), name: "t.csv"), options: CSVOptions(columnTypes: types))
    #expect(result.schema.variables.map(\.isCategorical) == [false, true, true, true])
    #expect(result.codebook.cuts == ["c": try Cuts([20]), "d": try Cuts([9])])
    #expect(result.readings.map(\.kind) == [.measurements, .manyValues, .intervals, .intervals])
    let options = CSVOptions(codebook: result.codebook)
    let again = try CSV.readTable(
      from: InputWindow(Array(text.utf8), name: "t.csv"), schema: result.schema, options: options)
    #expect(again.table == result.csv.table)
  }

  @Test(arguments: [
    ("1,5\n2,25\n3,0\n", ColumnReading.Kind.decimalCommas), ("1,234\n1,234,567\n12\n", .decimalCommas),
    ("1,5\n.\n2,5\n", .decimalCommas), ("1,2\n1,2,3\n2,3\n", .labels), ("a,b\n1,5\n1,5\n", .labels),
  ]) func commasInNumbersAreNoticed(cells: String, kind: ColumnReading.Kind) throws {
    let table = "x;y\n" + cells.split(separator: "\n").map { "\($0);1\n" }.joined()
    let window = try InputWindow(Array(table.utf8), name: "t.csv")
    #expect(try CSV.inferTable(from: window, options: CSVOptions()).readings[0].kind == kind)
    let many = "x;y\n" + (0..<1200).map { "\($0),5;1\n" }.joined()
    let all = try CSV.inferTable(from: InputWindow(Array(many.utf8), name: "t.csv"), options: CSVOptions())
    #expect(all.readings[0].kind == .decimalCommas)
  }

  @Test(arguments: [
    ("patient_id", 1100, false), ("patientID", 30, false), ("Id", 30, false), ("income", 1100, true),
    ("COVID", 30, true),
  ]) func identifiersAreNotMeasured(name: String, rows: Int, isMeasured: Bool) throws {
    let text = "\(name),y\n" + (0..<rows).map { "\($0 * 7 % 5003 + 3),1\n" }.joined()
    let result = try CSV.inferTable(from: InputWindow(Array(text.utf8), name: "t.csv"), options: CSVOptions())
    #expect((result.readings[0].kind == .measurements) == isMeasured)
  }

  @Test(arguments: [
    ("t.xlsx", "PK\u{3}\u{4}..", "the file is an Excel workbook; save the sheet as CSV (UTF-8)"),
    ("t.ods", "PK\u{3}\u{4}..", "the file is an OpenDocument spreadsheet; save the sheet as CSV (UTF-8)"),
    (
      "t.parquet", "PAR1\u{15}\u{4}",
      "the file is a Parquet file; write the table as CSV, as to_csv(index=False) of pandas does"
    ),
    ("t.db", "SQLite format 3\u{0}", "the file is an SQLite database; export the table as CSV"),
  ]) func filesOfOtherProgramsAreNamed(name: String, bytes: String, sentence: String) {
    #expect {
      try CSV.inferTable(from: InputWindow(Array(bytes.utf8), name: name, chunk: 2), options: CSVOptions())
    } throws: {
      "\($0)" == "\(name): \(sentence)"
    }
  }

  @Test func columnsMayHaveTheirNames() throws {
    let text = "PAR1,BZh\n1,2\n"
    let result = try CSV.inferTable(from: InputWindow(Array(text.utf8), name: "t.csv"), options: CSVOptions())
    #expect(result.csv.header == ["PAR1", "BZh"])
  }
}
