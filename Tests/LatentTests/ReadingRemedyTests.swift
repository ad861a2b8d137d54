import LatentData
import Testing

@testable import LatentFormats

/// What the library says to do, and what a program says in its own words.
@Suite struct ReadingRemedyTests {
  @Test func programsSayItInTheirOwnWords() throws {
    let schema = try Schema([try Variable(name: "a", states: ["no", "yes"])])
    let error = #expect(throws: FileError.self) {
      let window = try InputWindow(Array("a\nmaybe\n".utf8), name: "t.csv")
      _ = try CSV.readTable(from: window, schema: schema, options: CSVOptions())
    }
    let flaw = "t.csv:2: column a: 'maybe' is not a state of a (no, yes)"
    #expect(error?.remedy == .addStateOrMissingToken)
    #expect(error?.description == "\(flaw); add it to the model or to the missing tokens")
    #expect(error?.description { _ in "ask" } == "\(flaw); ask")
    #expect(FileError(.invalid, file: "t.csv", "a flaw").description { _ in "ask" } == "t.csv: a flaw")
    #expect(FileWarning("read so", remedy: .parentOrder(.last, .uai)).description { _ in "ask" } == "read so; ask")
    #expect(FileWarning("read so").description { _ in "ask" } == "read so")
  }

  static let all: [ReadingRemedy] = [
    .ignoreUnknownColumns, .nameOrIgnoreColumn, .addStateOrMissingToken, .addEmptyMissingToken,
    .parentOrder(.first, .uai), .parentOrder(.last, .xdsl),
  ]

  @Test(arguments: all) func noRemedyNamesAnOption(_ remedy: ReadingRemedy) {
    #expect(!remedy.description.contains("--"))
  }
}
