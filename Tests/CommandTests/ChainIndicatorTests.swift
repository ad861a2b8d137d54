import Foundation
import Testing

/// Missing cells of sequences.
@Suite struct ChainIndicatorTests {
  static let chain = """
    latent: 1
    variables:
      climate: {states: [cold, warm], latent: true}
      ring: {states: [small, large]}
    edges:
      - climate[t-1] -> climate
      - climate -> ring
    sequence: {by: tree}

    """

  /// Twenty trees of 60 years, in spells of cold and warm; rings are small in cold years and often missing.
  static let trees =
    "tree,ring\n"
    + (0..<1200).map { row in
      let isCold = (row / 9) % 2 == 0
      let isMissing = isCold ? row % 5 < 2 : row % 20 == 3
      let isSmall = isCold ? row % 7 != 0 : row % 8 == 0
      return "t\(row / 60),\(isMissing ? "" : isSmall ? "small" : "large")\n"
    }.joined()

  private static func report(_ mechanism: String) throws -> [String: Any] {
    let folder = try Folder(["m.yaml": chain + mechanism, "d.csv": trees])
    let run = try Tool.run(
      "fit", "m.yaml", "d.csv", "--json", "--starts", "1", "--max-iterations", "30", "--tolerance", "0",
      "-o", "f.yaml", in: folder)
    #expect(run.status == 0)
    return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  /// Dropout that depends on nothing leaves the chain what it is without.
  @Test func ignorableDropoutSeparates() throws {
    let plain = try #require(try Self.report("")["log_likelihood"] as? Double)
    let report = try Self.report("missingness: {ring: {depends_on: []}}\n")
    let data = try #require(report["log_likelihood_data"] as? Double)
    #expect(abs(data - plain) <= 1e-10 * abs(plain))
    #expect(report["separation_reason"] is NSNull)
  }

  /// Dropout that depends on the state tells of the state, and is found.
  @Test func dropoutMayDependOnTheState() throws {
    let folder = try Folder([
      "m.yaml": Self.chain + "missingness: {ring: {depends_on: [climate]}}\n", "d.csv": Self.trees,
    ])
    let fit = try Tool.run("fit", "m.yaml", "d.csv", "--quiet", "-o", "f.yaml", in: folder)
    #expect(fit.status == 0)
    #expect(fit.standardOutput.contains("  not divided     m_ring depends on climate, which is latent\n"))
    let show = try Tool.run("show", "f.yaml", "--variable", "m_ring", in: folder)
    let rates = show.standardOutput.split(separator: "\n").suffix(2)
      .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.sorted()
    #expect(rates.count == 2 && abs(rates[0] - 0.05) < 0.03 && abs(rates[1] - 0.4) < 0.05, "\(rates)")
  }

  @Test func graphsOfChainsAreRefused() throws {
    let run = try Tool.run("missingness", "--model", "m.yaml", in: Folder(["m.yaml": Self.chain]))
    #expect(
      run.status == 65 && run.standardError.hasPrefix("m.yaml: climate depends on its previous step, and --model "))
  }
}
