import LatentData
import LatentKernels
import Testing

@testable import LatentFormats

/// Columns of numbers in text.
@Suite struct CSVNumberTests {
  private static func read(
    _ text: String, _ options: CSVOptions = CSVOptions(), chunk: Int = .max
  ) throws(FileError) -> CSVTable {
    try CSV.readTable(
      from: InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), schema: schema, options: options)
  }

  private static func infer(_ text: String, _ options: CSVOptions = CSVOptions(), chunk: Int = .max) throws
    -> InferredTable
  {
    try CSV.inferTable(from: InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), options: options)
  }

  /// A variable of numbers and one with states.
  private static let schema: Schema = {
    let variables = [("x", Domain.real), ("c", .states(["a", "b"]))]
    do { return try Schema(variables.map { try Variable(name: $0.0, domain: $0.1) }) } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// A number as it may stand in a cell, and what it is worth; NaN for a missing cell.
  static let cells: [(text: String, value: Double)] = [
    ("1.5", 1.5), ("-1.5", -1.5), ("+1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E+3", 1000),
    ("-2.5e-3", -0.0025), ("\"7.25\"", 7.25), (" 7.25", 7.25), ("7.25 ", 7.25), ("\t7.25\t", 7.25),
    ("\" 7.25 \"", 7.25),
    ("007", 7), ("-0", -0.0), ("-0.0", -0.0), ("1e-300", 1e-300), ("1e140", 1e140), ("-1e140", -1e140),
    ("1e-400", 0), ("0.1", 0.1), ("123456789012345678901234567890", 1.234_567_890_123_456_8e29),
    ("0.30000000000000004", 0.300_000_000_000_000_04), ("", .nan), ("NA", .nan), ("NaN", .nan), ("?", .nan),
    ("\"\"", .nan), ("\"NA\"", .nan), (" NA ", .nan), ("null", .nan), ("N/A", .nan),
  ]

  @Test(arguments: ["\n", "\r\n", "\r"], [",", ";", "\t"]) func numbersAreReadHoweverTheyAreSpelt(
    lineEnd: String, delimiter: String
  ) throws {
    // A tabulator in a cell would end it.
    let cells = Self.cells.filter { delimiter != "\t" || !$0.text.contains("\t") }
    for order in [["x", "c"], ["c", "x"]] {
      let lines = [order] + cells.map { cell in order.map { $0 == "x" ? cell.text : "b" } }
      let text = lines.map { $0.joined(separator: delimiter) + lineEnd }.joined()
      for (chunk, mark) in [(Int.max, "\u{FEFF}"), (Int.max, ""), (1, ""), (7, ""), (64, "")] {
        let table = try Self.read(mark + text, chunk: chunk).table
        for (row, cell) in cells.enumerated() {
          let value = table.value(VariableID(0), row: row)
          #expect(
            value.isNaN ? cell.value.isNaN : value.bitPattern == cell.value.bitPattern,
            "'\(cell.text)' was read as \(value)")
          #expect(table.code(VariableID(1), row: row) == 1)
        }
      }
    }
  }

  static let flawed: [(cell: String, sentence: String)] = [
    ("abc", "'abc' is not a number; correct it or list it with --missing"),
    ("1.2.3", "'1.2.3' is not a number; correct it or list it with --missing"),
    ("0x10", "'0x10' is not a number; correct it or list it with --missing"),
    ("1e", "'1e' is not a number; correct it or list it with --missing"),
    ("nan", "'nan' is not a finite number; correct it or list it with --missing"),
    ("-inf", "'-inf' is not a finite number; correct it or list it with --missing"),
    ("1e999", "'1e999' is not a finite number; correct it or list it with --missing"),
    ("1e99999999999999999999", "'1e99999999999999999999' is not a finite number; correct it or list it with --missing"),
    (
      "-1e141",
      "'-1e141' is too large; numbers up to 1e+140 can be squared and summed; correct it or list it with --missing"
    ),
    ("\"3,5\"", "'3,5' is not a number; write decimals with a point, and thousands without a separator"),
    ("\"1,234.5\"", "'1,234.5' is not a number; write decimals with a point, and thousands without a separator"),
  ]

  @Test(arguments: flawed.indices) func whatIsNotANumberIsNamed(index: Int) throws {
    let (cell, sentence) = Self.flawed[index]
    for chunk in [Int.max, 5] {
      do {
        _ = try Self.read("c,x\na,1\nb,\(cell)\na,2\n", chunk: chunk)
        Issue.record("'\(cell)' was read as a number")
      } catch {
        let words = error.description { $0 == .correctOrMissingToken ? "correct it or list it with --missing" : "?" }
        #expect(words == "t.csv:3: column x: \(sentence)")
      }
    }
  }

  @Test func aDecimalCommaBetweenSemicolonsIsNamed() {
    let error = #expect(throws: FileError.self) { try Self.read("c;x\na;3,5\n") }
    #expect(
      error?.description.hasSuffix(
        "'3,5' is not a number; write decimals with a point, and thousands without a separator") == true)
    let empty = #expect(throws: FileError.self) {
      try Self.read("c,x\na,\n", CSVOptions(missing: MissingTokens(only: ["-9"])))
    }
    #expect(empty?.description.hasPrefix("t.csv:2: column x: an empty cell is not a number") == true)
  }

  /// A token for missing cells wins over the number that it spells, in its column and in any spelling.
  @Test func numbersMayStandForMissingCells() throws {
    let text = "c,x\na,-9\nb,-9.0\na, -9 \n-9,\"-9\"\nb,9\n"
    for (tokens, missing) in [
      (["-9"], [0, 1, 2, 3]), (["x=-9", "c=-9"], [0, 1, 2, 3]), (["c=-9"], []), (["-9", "9"], [0, 1, 2, 3, 4]),
    ] {
      let read = try Self.read(text, CSVOptions(missing: MissingTokens(adding: tokens)))
      let values = (0..<5).map { read.table.value(VariableID(0), row: $0) }
      #expect(values.indices.filter { values[$0].isNaN } == missing)
      #expect(values[1] == -9 || missing.contains(1))
      #expect(read.missingTokens.reduce(0) { $0 + $1.cells } == missing.count + 1)
    }
    let inferred = try Self.infer(
      "x\n" + (0..<40).map { "\(Double($0) + 0.5)\n" }.joined() + "-9\n",
      CSVOptions(missing: MissingTokens(adding: ["-9"])))
    #expect(inferred.csv.table.missingCells(VariableID(0)) == 1)
  }

  /// Whatever doubles a table has, it reads back with the same bits.
  @Test(arguments: 0..<30) func numbersThatAreWrittenReadBackToTheLastBit(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let special = [
      0, -0.0, 1e-300, -1e-300, 1e140, -1e140, Double.leastNormalMagnitude / 4, .nan, 1, -1, 1e15, 1e16, 123_456_789,
      1 / 3, 1e22, 1e23,
    ]
    let values = (0..<300).map { _ -> Double in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return special.randomElement(using: &random) ?? 0
      case 1: return Double(Int.random(in: -100_000...100_000, using: &random)) / 100
      case 2: return Double.random(in: -1...1, using: &random)
      default:
        let value = Double(bitPattern: random.next())
        return value.isFinite && value.magnitude <= 1e140 ? value : .nan
      }
    }
    let columns = [Column.reals(values), .codes(values.map { $0 > 0 ? 0 : -1 })]
    let table = try Table(schema: Self.schema, columns: columns, rowCount: values.count)
    try withCSVDirectory { directory in
      for name in ["t.csv", "t.csv.gz"] {
        let file = try OutputFile(directory + "/" + name)
        try CSV.write(
          header: ["x", "c"],
          columns: zip(columns, Self.schema.variables).map { CSVColumn($0, of: $1, rowCount: values.count) }, to: file,
          delimiter: CSVDelimiter.allCases[seed % 3])
        try file.commit()
        let again = try CSV.readTable(directory + "/" + name, schema: Self.schema).table
        for (row, value) in values.enumerated() {
          let found = again.value(VariableID(0), row: row)
          #expect(value.isNaN ? found.isNaN : found.bitPattern == value.bitPattern, "\(value) became \(found)")
        }
        #expect(again.columns[1] == table.columns[1])
      }
    }
  }

  /// What a file is inferred to hold is what reading it for these variables gives, however many labels came before it was
  /// clear that they are numbers, and however few bytes are seen at a time.
  @Test(arguments: 0..<24) func inferenceAgreesWithReading(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = [30, 60, 999, 1000, 1001, 1030, 2500][seed % 7]
    var lines = ["c,x,n,z"]
    for row in 0..<rows {
      let number = Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 1000
      let spelling = ["\(number)", " \(number)", "\"\(number)\"", "NA", "", "-9"][
        Int.random(in: 0..<60, using: &random) < 50 ? 0 : Int.random(in: 0..<6, using: &random)]
      let label = ["a", "b", "?"][Int.random(in: 0..<3, using: &random)]
      lines.append("\(label),\(spelling),\(row + 5),\(Int.random(in: 0..<5000, using: &random))")
    }
    let text = lines.joined(separator: "\n") + "\n"
    let options = CSVOptions(
      missing: MissingTokens(adding: seed % 2 == 0 ? ["x=-9"] : []), unknownColumns: .ignore,
      columnTypes: seed % 3 == 0 ? ["z": .states] : [:])
    for chunk in [Int.max, 33] {
      let inferred = try Self.infer(text, options, chunk: chunk)
      let read = try CSV.readTable(
        from: InputWindow(Array(text.utf8), name: "t.csv"), schema: inferred.schema, options: options)
      #expect(read.table == inferred.csv.table)
      #expect(read.missingTokens == inferred.csv.missingTokens || inferred.readings.contains { !isVariable($0.kind) })
      let x = try #require(inferred.schema["x"])
      #expect(!inferred.schema[x].isCategorical)
      let reading = try #require(inferred.readings.first { $0.name == "x" })
      #expect(reading.missingCells == read.table.missingCells(x))
    }
  }

  private func isVariable(_ kind: ColumnReading.Kind) -> Bool {
    kind != .tooManyValues && kind != .empty && kind != .unnamed
  }

  /// A column of a thousand different numbers and then something else is no column of numbers, and passes with its text.
  @Test(arguments: ["abc", "1e200", "1e999", "-1e141", "0x10", "1,5"], [1000, 1001, 1500, 3000])
  func whatIsNoNumberAfterAThousandIsNoticed(odd: String, before: Int) throws {
    let cells = (0..<before).map { "\(Double($0) + 0.25)" } + [odd] + (0..<50).map { "\(Double($0) + 0.75)" }
    let text = "c;x\n" + cells.map { "a;\($0)\n" }.joined()
    for chunk in [Int.max, 100] {
      let inferred = try Self.infer(text, CSVOptions(otherText: .kept), chunk: chunk)
      #expect(inferred.schema.variables.map(\.name) == ["c"])
      #expect(inferred.readings.map(\.kind) == [.labels, .tooManyValues])
      let kept = try #require(inferred.csv.ignoredColumns.first?.cells)
      #expect((0..<kept.count).map { kept[$0] } == cells)
    }
  }

  /// Numbers that no reading would take are no measurements either.
  @Test func numbersThatCannotBeReadAreNotTakenForMeasurements() throws {
    let cells = (0..<30).map { "\($0).5" }
    let kinds = try ["1e200", "2.5"].map { last in
      try Self.infer("x\n" + (cells + [last]).joined(separator: "\n") + "\n").readings[0].kind
    }
    #expect(kinds == [.manyValues, .measurements])
  }

  /// Blocks of rows hold the same numbers as the whole table.
  @Test func blocksHoldTheNumbersOfTheTable() throws {
    let text = "c,x,w\n" + (0..<5000).map { "a,\($0 % 7 == 0 ? "NA" : "\(Double($0) / 8)"),\($0 % 3)\n" }.joined()
    let options = CSVOptions(weightsColumn: "w")
    let whole = try Self.read(text, options)
    var moments = WeightedMoments()
    var rows = 0
    let kept = try withCSVDirectory { directory in
      let file = try OutputFile(directory + "/t.csv")
      try file.write(text)
      try file.commit()
      return try CSV.readTable(directory + "/t.csv", schema: Self.schema, options: options, keeping: 1500) { block in
        rows += block.rowCount
        if case .reals(let values) = block.columns[0] { moments.add(values, weights: block.weights) }
      }
    }
    #expect(rows == 5000)
    #expect(kept.table == whole.table.selecting(Array(0..<1500)))
    #expect(kept.missingTokens == whole.missingTokens)
    guard case .reals(let values) = whole.table.columns[0] else { return }
    var expected = WeightedMoments()
    expected.add(values, weights: whole.table.weights)
    #expect(moments == expected)
  }
}
