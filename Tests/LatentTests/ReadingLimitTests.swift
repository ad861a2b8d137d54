import Foundation
import LatentData
import Testing

@testable import LatentFormats

/// What no table and no model is, is refused as soon as it is seen, however the text comes in pieces.
@Suite struct ReadingLimitTests {
  private static let limit = 20

  private func read(_ text: String, chunk: Int) throws -> CSVTable {
    let schema = try Schema(["a", "b"].map { try Variable(name: $0, states: ["no", "a\"b"]) })
    let window = try InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk, recordLimit: Self.limit)
    return try CSV.readTable(from: window, schema: schema, options: CSVOptions(unknownColumns: .ignore))
  }

  private static let tooLong = "the row that begins here is longer than 20 bytes"
  private static let notClosed = "the quote that opens here is not closed within 20 bytes"
  private static let nul = "a NUL byte stands here"

  private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  static let tables: [(text: String, message: String)] = [
    ("a,b," + repeated("c", 17) + "\nno,no,no\n", ":1: " + tooLong),
    ("a,b\nno,no\nno," + repeated(" ", 18), ":3: " + tooLong),
    ("a,b\nno,\"no" + repeated("\n", 17), ":2:4: " + notClosed),
    ("a,b\nno," + repeated("\"", 30), ":2:4: " + notClosed),
    ("a,b\n" + repeated(",", 40), ":2: " + tooLong),
    ("a,b\nno,no,no,no\n", ":2: found 4 cells, expected 2 as in the header"),
    (repeated("\0", 10), ":1:1: " + nul),
    ("a,\"b\n\0\"\nno,no\n", ":2:1: " + nul),
    ("a,b\nno,no\n\0\0\0", ":3:1: " + nul),
    ("a,b,c\nno,no,x\nno,no,abc\0\n", ":3:10: " + nul),
    ("a,b,c\nno,no,\"abc\0\"\n", ":2:11: " + nul),
  ]

  @Test(arguments: tables) func tablesAreRefused(text: String, message: String) {
    for chunk in [Int.max, 1, 2, 3, 7, 16, 64] {
      let error = #expect(throws: FileError.self) { try read(text, chunk: chunk) }
      #expect(error?.kind == .invalid)
      #expect(error?.description.hasPrefix("t.csv\(message)") == true, "\(chunk): \(String(describing: error))")
    }
  }

  @Test func recordsUpToTheLimitAreRead() throws {
    for chunk in [Int.max, 1, 2, 3, 7, 16, 64] {
      for end in ["", "\n", "\r\n", "\r"] {
        let blanks = String(repeating: " ", count: Self.limit - 5 - end.utf8.count)
        let table = try read("a,b\nno,\"a\"\"b\"\nno,\(blanks)no\(end)", chunk: chunk).table
        #expect((0..<2).map { table.codes(row: $0) } == [[0, 1], [0, 0]])
      }
    }
  }

  @Test func tablesOfTooManyColumnsAreRefused() throws {
    let header = (0...ReadingLimits.columns).map { "\($0)" }.joined(separator: ",")
    let error = #expect(throws: FileError.self) {
      try CSV.inferTable(from: InputWindow(Array(header.utf8), name: "t.csv"), options: CSVOptions())
    }
    #expect(error?.description == "t.csv:1: the first line names 1000001 columns; a table has 1000000 at the most")
  }

  @Test func longNamesAreCutInSentences() throws {
    let schema = try Schema([try Variable(name: "a", states: ["no"])])
    let name = String(repeating: "n", count: 100_000)
    let error = #expect(throws: FileError.self) {
      let window = try InputWindow(Array("\(name),a\n".utf8), name: "t.csv")
      _ = try CSV.readTable(from: window, schema: schema, options: CSVOptions())
    }
    #expect(
      error?.message
        == "column \(String(repeating: "n", count: 200))… is not a variable of the model (a)")
  }

  @Test func modelsAreRefusedBeforeTheyAreReadWhole() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("limits-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["m.bif", "m.bif.gz"] {
      let path = "\(folder)/\(name)"
      let file = try OutputFile(path)
      try file.write([UInt8](repeating: UInt8(ascii: "a"), count: 200_000))
      try file.commit()
      #expect(try InputFile.readWhole(path, limit: 200_000).count == 200_000)
      let error = #expect(throws: FileError.self) { try InputFile.readWhole(path, limit: 199_999) }
      #expect(
        error?.description
          == "\(path): the file is larger than 199999 bytes, the most that a model may have; is this a model?")
    }
    let path = "\(folder)/m.yaml.gz"
    let file = try OutputFile(path)
    try file.write("latent: 1\n")
    for _ in 0..<100 { try file.write([UInt8](repeating: 0, count: 1 << 16)) }
    try file.commit()
    let nul = #expect(throws: FileError.self) { try InputFile.readWhole(path, limit: 1 << 20) }
    let error = #expect(throws: FileError.self) { try ModelFormat.read(path) }
    #expect(nul == error)
    #expect(error?.description == "\(path):2:1: a NUL byte stands here; save the file as plain text in UTF-8")
  }

  @Test(arguments: ModelFormat.allCases) func noFormatTakesBytesThatAreNotText(_ format: ModelFormat) {
    let texts: [([UInt8], String)] = [
      (Array("ab\nc\0".utf8), "2:2: a NUL byte stands here; save the file as plain text in UTF-8"),
      ([0, 0, 0, 0, 0], "1:1: a NUL byte stands here; save the file as plain text in UTF-8"),
      ([0x61, 0, 0x62, 0], "1:1: the file is in UTF-16 or UTF-32; save it as UTF-8"),
      ([0xFE, 0xFF, 0xE9], "1:1: the file is in UTF-16 or UTF-32; save it as UTF-8"),
    ]
    for (bytes, message) in texts {
      let error = #expect(throws: FileError.self) { try format.parse(bytes, file: "m") }
      #expect(error?.description == "m:\(message)")
    }
  }
}
