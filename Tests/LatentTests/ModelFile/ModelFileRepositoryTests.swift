import Foundation
import Latent
import Testing

/// Networks of the public repository, where they are at hand: `LATENT_NETWORKS` names their folder.
@Suite struct ModelFileRepositoryTests {
  static let files: [String] = {
    guard let folder = ProcessInfo.processInfo.environment["LATENT_NETWORKS"] else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".bif") }.sorted().map { "\(folder)/\($0)" }
  }()

  @Test(arguments: files) func comesBackEqualThroughEveryFormat(path: String) throws {
    let first = try ModelFormat.read(path)
    #expect(first.format == .bif)
    for format in ModelFormat.allCases {
      let written = try format.text(of: first.model)
      let hasName = format == .bif || format == .net || first.model.name.isEmpty
      #expect(written.notes.count == (hasName ? 0 : 1))
      let again = try format.parse(
        Array(written.text.utf8), file: "again", companion: written.companion.map { Array($0.utf8) })
      var expected = first.model
      if !hasName { expected.name = "" }
      #expect(again.model == expected)
      #expect(again.warnings.isEmpty)
      #expect(try ModelFormat.bif.text(of: again.model) == ModelFormat.bif.text(of: expected))
    }
  }
}
