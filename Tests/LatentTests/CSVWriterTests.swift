import LatentData
import LatentKernels
import Testing

@testable import LatentFormats

/// Columns of every kind with awkward texts, and a spelling of their table that is slow and plain.
private struct AwkwardColumns {
  static let texts = [
    "", "a", "yes", "a,b", "a;b", "a\tb", "say \"yes\"", "\"", "two\nlines", "\r", " before", "after ", "\tbefore",
    "NA", "?", "é", "日本", "fifteen bytes..", "sixteen bytes...", "seventeen bytes..",
    "a label of more than thirty-two bytes",
  ]
  static let numbers = [0.1, 1, 0, -0.0, 1e300, 5e-300, 1 / 3, .nan, .infinity, -.infinity, 123_456_789.123_456_78]

  var columns: [CSVColumn] = []
  let delimiter: CSVDelimiter
  let rowCount: Int

  init(seed: Int, rowCount: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    delimiter = CSVDelimiter.allCases.randomElement(using: &random) ?? .comma
    self.rowCount = rowCount
    for _ in 0..<Int.random(in: 1...7, using: &random) {
      let kind = Int.random(in: 0..<6, using: &random)
      func texts() -> [String] {
        (0..<rowCount).map { _ in Self.texts.randomElement(using: &random) ?? "" }
      }
      switch kind {
      case 0: columns.append(.texts(texts().map { $0 == "yes" ? nil : $0 }))
      case 1:
        var text = CSVText()
        for cell in texts() { text.append(cell.utf8) }
        columns.append(.kept(text))
      case 2: columns.append(.numbers((0..<rowCount).map { _ in Self.numbers.randomElement(using: &random) ?? 0 }))
      default:
        let states = Array(Self.texts.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random)))
        let codes = (0..<rowCount).map { _ in StateCode(Int.random(in: -1..<states.count, using: &random)) }
        columns.append(.codes(codes, states: states))
      }
    }
  }

  var header: [String] { columns.indices.map { "c\($0)" } }

  /// The text of a cell; nil when it is missing.
  func cell(_ column: CSVColumn, _ row: Int) -> String? {
    switch column {
    case .codes(let codes, let states):
      codes[row] >= 0 ? states[Int(codes[row])] : MissingTokens.standard.first { !states.contains($0) }
    case .numbers(let numbers): numbers[row].isNaN ? nil : "\(numbers[row])"
    case .reals(let numbers):
      numbers[row].isNaN ? nil : "\(numbers[row])".replacing(/\.0$/, with: "")
    case .texts(let texts): texts[row]
    case .kept(let text): text[row]
    }
  }

  /// The file, a cell at a time.
  var slowSpelling: [UInt8] {
    var text = header.joined(separator: delimiter.text) + "\n"
    for row in 0..<rowCount {
      text += columns.map { spelled(cell($0, row) ?? "") }.joined(separator: delimiter.text) + "\n"
    }
    return Array(text.utf8)
  }

  private func spelled(_ text: String) -> String {
    let anywhere = columns.count == 1 ? [",", ";", "\t"] : [delimiter.text]
    let isQuoted =
      (anywhere + ["\"", "\n", "\r"]).contains { text.contains($0) }
      || [" ", "\t"].contains { text.hasPrefix($0) || text.hasSuffix($0) } || (text.isEmpty && columns.count == 1)
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    return isQuoted ? "\"\(doubled)\"" : text
  }
}

extension CSVDelimiter {
  fileprivate var text: String { String(decoding: [rawValue], as: UTF8.self) }
}

/// The writer against the plain spelling: whatever way cells come in, the bytes are the same.
@Suite struct CSVWriterTests {
  /// 300 rows are more than one block of rows; 20 000 are more than one buffer of the file.
  @Test(arguments: (0..<80).map { (seed: $0, rowCount: $0 % 20 == 0 ? 20_000 : $0 % 7 == 0 ? 300 : $0 % 4) })
  func columnsRowsAndSpellingsGiveTheSameBytes(seed: Int, rowCount: Int) throws {
    let awkward = AwkwardColumns(seed: seed, rowCount: rowCount)
    let expected = awkward.slowSpelling
    #expect(try written(awkward) { try $0.write(columns: awkward.columns) } == expected, "seed \(seed)")
    #expect(
      try written(awkward) { writer in
        for row in 0..<rowCount { try writer.write(row: awkward.columns.map { awkward.cell($0, row) }) }
      } == expected, "seed \(seed), row by row")
    #expect(
      try written(awkward) { writer in
        var cells = CSVCells(awkward.columns, writer.encoder)
        // Rows need not come in order, as long as all are asked for in theirs.
        if rowCount > 1 {
          var scratch = ByteBuffer(capacity: 1)
          cells.append(row: rowCount - 1, to: &scratch)
        }
        try writer.write(rows: 0..<rowCount) { cells.append(row: $0, to: &$1) }
      } == expected, "seed \(seed), out of order")
    #expect(
      try written(awkward) { writer in
        var spellings = CSVSpellings(writer.encoder)
        var numbers: [String?: Int] = [:]
        try writer.write(rows: 0..<rowCount) { row, line in
          for column in awkward.columns {
            let cell = awkward.cell(column, row)
            let number = numbers[cell] ?? spellings.add(cell)
            numbers[cell] = number
            spellings.append(number, to: &line)
          }
        }
      } == expected, "seed \(seed), from spellings")
  }

  @Test func numbersOfNeighbouringCellsAreSpeltTogether() throws {
    let encoder = CSVCellEncoder(delimiter: .semicolon, columnCount: 4)
    var spellings = CSVSpellings(encoder)
    let whole = spellings.add([0.1, .nan, 1 / 3, 1])
    #expect(whole == 0 && spellings.count == 1)
    var line = ByteBuffer(capacity: 1)
    spellings.append(whole, to: &line)
    var bytes: [UInt8] = []
    line.withBytes { bytes = Array($0) }
    #expect(String(decoding: bytes, as: UTF8.self) == "0.1;;0.3333333333333333;1.0;")
  }

  private func written(_ awkward: AwkwardColumns, _ write: (CSVWriter) throws -> Void) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try withCSVDirectory { directory in
      let file = try OutputFile(directory + "/t.csv")
      try write(CSVWriter(file, header: awkward.header, delimiter: awkward.delimiter))
      try file.commit()
      bytes = try InputFile.readWhole(directory + "/t.csv")
    }
    return bytes
  }
}
