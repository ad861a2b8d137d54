import Foundation
import Testing

/// Missing numbers filled in with means, and the states that have none.
@Suite struct MeanImputationTests {
  private static let model = """
    latent: 1
    variables:
      kind: {states: [a, b], latent: true}
      site: {states: [dry, wet]}
      height: {type: gaussian}
      seeds: {type: poisson}
    edges:
      - kind -> [site, height, seeds]
    parameters:
      kind: [0.5, 0.5]
      site: {a: [0.75, 0.25], b: [0.25, 0.75]}
      height: {a: {mean: 10.0, variance: 4.0}, b: {mean: 20.0, variance: 4.0}}
      seeds: {a: {rate: 2.0}, b: {rate: 5.0}}

    """

  private static func run(_ method: String, _ rows: String) throws -> ToolRun {
    let folder = try Folder(["m.yaml": model, "d.csv": "site,height,seeds\n" + rows])
    return try Tool.run("impute", "m.yaml", "d.csv", "--method", method, in: folder)
  }

  /// Of the first row only the site is known: 3/4 of the first kind, 1/4 of the second.
  @Test(arguments: [("mean", "12.5,2.75"), ("column-mean", "15,4.5"), ("mode", "12.5,2"), ("column-mode", "15,4.5")])
  func fillsNumbers(method: String, filled: String) throws {
    let run = try Self.run(method, "dry,,\ndry,10,3\nwet,20,6\n")
    #expect(run.standardOutput == "site,height,seeds\ndry,\(filled)\ndry,10,3\nwet,20,6\n")
    #expect(run.standardError == "filled 2 cells in 1 of 3 rows\n")
  }

  @Test(arguments: [("mean", "mode"), ("column-mean", "column-mode")])
  func statesHaveNone(method: String, other: String) throws {
    let run = try Self.run(method, "dry,,\n,10,3\n,20,\n")
    #expect(run.status == 65)
    #expect(run.standardOutput.isEmpty)
    #expect(
      run.standardError == """
        d.csv:3: column site: the cell is missing, and a column with states has no mean, which --method \(method) fills \
        in; use --method \(other)

        """)
  }

  /// What a figure with a density behind it says, and one without.
  @Test func criteriaSayWhatTheyAreOf() throws {
    let counts = Self.model.replacing("  height: {type: gaussian}\n", with: "")
      .replacing("height, ", with: "").split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  height:") }.joined(separator: "\n")
    let folder = try Folder([
      "m.yaml": Self.model, "c.yaml": counts, "d.csv": "site,height,seeds\ndry,12,3\nwet,20,6\nwet,19,4\n",
      "c.csv": "site,seeds\ndry,3\nwet,6\nwet,4\n", "absent.csv": "site,seeds\ndry,3\nwet,6\nwet,4\n",
    ])
    let asked: [(arguments: [String], isOfDensity: Bool)] = [
      (["score", "m.yaml", "d.csv"], true), (["score", "m.yaml", "absent.csv"], false),
      (["score", "c.yaml", "c.csv"], false), (["fit", "m.yaml", "d.csv"], true), (["fit", "c.yaml", "c.csv"], false),
      (["compare", "m.yaml", "d.csv"], true), (["compare", "c.yaml", "c.csv"], false),
    ]
    for (arguments, isOfDensity) in asked {
      let text = try Tool.run(arguments, in: folder)
      #expect(text.standardOutput.contains("of a density") == isOfDensity, "\(arguments): \(text)")
      let run = try Tool.run(arguments + ["--json"], in: folder)
      let json = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
      #expect(json?["of_a_density"] as? Bool == isOfDensity, "\(arguments)")
    }
  }
}
