import LatentData
import LatentKernels
import Testing

@testable import LatentFormats

/// A random table whose labels are as awkward as text can be, and the text that the writer makes of it.
private struct AwkwardTable {
  static let pieces = [
    "a", "b", "yes", ",", "\"", "\n", "\r", "\r\n", " ", "\t", ";", "é", "e\u{301}", "日本", "NA", "?", "", "0123456789",
    "a label of more than sixteen bytes", "'", "#", "\\", "=", "-9",
  ]

  let table: Table
  let delimiter: CSVDelimiter

  init(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = Int.random(in: 1...40, using: &random)
    var variables: [Variable] = []
    var columns: [Column] = []
    for index in 0..<Int.random(in: 1...6, using: &random) {
      var labels: Set<String> = []
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        labels.insert(
          (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined())
      }
      let name = "\(Self.pieces.randomElement(using: &random) ?? "") \(index)"
      variables.append(try Variable(name: name, states: labels.sorted()))
      columns.append(
        .codes((0..<rows).map { _ in StateCode(Int.random(in: -1..<labels.count, using: &random)) }))
    }
    table = try Table(schema: try Schema(variables), columns: columns, rowCount: rows)
    delimiter = CSVDelimiter.allCases.randomElement(using: &random) ?? .comma
  }

  func written(to path: String) throws -> [UInt8] {
    let file = try OutputFile(path)
    let columns = zip(table.columns, table.schema.variables).map { column, variable -> CSVColumn in
      switch column {
      case .codes(let codes): .codes(codes, states: variable.states)
      case .absent: .texts([])
      case .reals(let values): .reals(values)
      }
    }
    try CSV.write(header: table.schema.variables.map(\.name), columns: columns, to: file, delimiter: delimiter)
    try file.commit()
    return try InputFile.readWhole(path)
  }
}

@Suite struct CSVLawTests {
  @Test(arguments: 0..<60) func whatIsWrittenReadsBackWhateverThePieces(seed: Int) throws {
    try withCSVDirectory { directory in
      let awkward = try AwkwardTable(seed: seed)
      let bytes = try awkward.written(to: directory + "/t.csv")
      for chunk in [Int.max, 1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64] {
        let window = try InputWindow(bytes, name: "t.csv", chunk: chunk)
        let read = try CSV.readTable(from: window, schema: awkward.table.schema, options: CSVOptions())
        #expect(read.table == awkward.table, "seed \(seed), \(chunk) bytes at a time")
      }
      let mapped = try CSV.readTable(directory + "/t.csv", schema: awkward.table.schema)
      #expect(mapped.table == awkward.table, "seed \(seed), mapped")
    }
  }

  @Test func largeTablesAreTheSameMappedPackedAndInPieces() throws {
    var random = SplitMix64(seed: 7)
    let labels = ["LOW", "NORMAL", "HIGH", "a label of more than sixteen bytes", "with \"quotes\""]
    let rows = 5000
    let schema = try Schema((0..<5).map { try Variable(name: "v\($0)", states: labels) })
    let columns = (0..<5).map { _ in (0..<rows).map { _ in StateCode(Int.random(in: -1..<5, using: &random)) } }
    let table = try Table(schema: schema, columns: columns.map { .codes($0) }, rowCount: rows)
    try withCSVDirectory { directory in
      for path in [directory + "/t.csv", directory + "/t.csv.gz"] {
        let file = try OutputFile(path)
        try CSV.write(
          header: schema.variables.map(\.name), columns: columns.map { .codes($0, states: labels) }, to: file)
        try file.commit()
        #expect(try CSV.readTable(path, schema: schema).table == table)
        let inferred = try CSV.inferTable(path)
        #expect(inferred.schema.variables.allSatisfy { $0.states == labels.sorted() })
        #expect(inferred.csv.table.missingCells(VariableID(2)) == table.missingCells(VariableID(2)))
      }
      let bytes = try InputFile.readWhole(directory + "/t.csv")
      #expect(try InputFile.readWhole(directory + "/t.csv.gz") == bytes)
      for chunk in [997, 4096, 1 << 16] {
        let window = try InputWindow(bytes, name: "t.csv", chunk: chunk)
        #expect(try CSV.readTable(from: window, schema: schema, options: CSVOptions()).table == table)
      }
    }
  }

  /// Short labels are read four rows side by side, unless one of the rows has a cell of another kind.
  @Test(arguments: 0..<30) func rowsSideBySideAreRowsOneByOne(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let labels = ["a", "bb", "LOW", "NORMAL", "seven77", "eight888", "x\"y"]
    let schema = try Schema((0..<4).map { try Variable(name: "v\($0)", states: labels) })
    var text = "v0,w,v1,v2,v3\n"
    var columns = [[StateCode]](repeating: [], count: 4)
    var weights: [Double] = []
    for _ in 0..<200 {
      let oddity = Int.random(in: 0..<40, using: &random)
      let codes = (0..<4).map { _ in StateCode(Int.random(in: -1..<(oddity < 4 ? 7 : 5), using: &random)) }
      weights.append(Double(Int.random(in: 0...12, using: &random)))
      var cells = codes.map { code in
        let label = code < 0 ? "?" : labels[Int(code)]
        let isQuoted = oddity < 8 || label.contains("\"")
        return isQuoted ? "\"\(label.replacing("\"", with: "\"\""))\"" : label
      }
      cells.insert("\(Int(weights[weights.count - 1]))", at: 1)
      text += cells.joined(separator: ",") + (oddity == 38 ? "\r\n" : oddity == 39 ? "\n\n" : "\n")
      for (column, code) in codes.enumerated() { columns[column].append(code) }
    }
    let expected = try Table(schema: schema, columns: columns.map { .codes($0) }, weights: weights)
    for chunk in [Int.max, 64, 500] {
      let window = try InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk)
      let read = try CSV.readTable(from: window, schema: schema, options: CSVOptions(weightsColumn: "w"))
      #expect(read.table == expected, "seed \(seed), \(chunk) bytes at a time")
    }
  }

  /// A row of too few or too many cells is found in its line, wherever it stands among four.
  @Test(arguments: 0..<8, ["no", "no,no,no", "no,no\r", ",", "a,b"])
  func aRowOfOtherLengthIsFoundInItsLine(row: Int, line: String) throws {
    let schema = try Schema(["v", "w"].map { try Variable(name: $0, states: ["yes", "no"]) })
    var lines = [String](repeating: "no,yes", count: 12)
    lines[row] = line
    let text = "v,w\n" + lines.joined(separator: "\n") + "\n"
    let window = try InputWindow(Array(text.utf8), name: "t.csv")
    do {
      let table = try CSV.readTable(from: window, schema: schema, options: CSVOptions()).table
      #expect(table.rowCount == 12 && (line == "no,no\r" || line == ","))
    } catch {
      #expect("\(error)".hasPrefix("t.csv:\(row + 2): "), "\(error)")
    }
  }
}
