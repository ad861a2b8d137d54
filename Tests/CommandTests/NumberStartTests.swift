import Foundation
import Testing

/// Where a fit with numbers starts. The modes of the eruptions of Old Faithful were found by a program of its own, from
/// sixty starts each.
@Suite struct NumberStartTests {
  /// Two numbers below a hidden class, and the 272 eruptions.
  static func faithful(_ classes: Int) throws -> Folder {
    let states = (1...classes).map { "k\($0)" }.joined(separator: ", ")
    let data = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/faithful/faithful.csv")
    return try Folder([
      "model.yaml": """
      latent: 1
      variables:
        kind: {states: [\(states)], latent: true}
        eruptions: {type: gaussian}
        waiting: {type: gaussian}
      edges:
        - kind -> *

      """,
      "faithful.csv": try String(contentsOf: data, encoding: .utf8),
    ])
  }

  static let modes: [(classes: Int, best: Double)] = [(2, -1147.806353), (3, -1127.007519), (5, -1105.775151)]

  @Test(arguments: modes, [[], ["--start", "kmeans"], ["--start", "random"]]) func startsReachTheBestMode(
    _ mode: (classes: Int, best: Double), options: [String]
  ) throws {
    let run = try Tool.run(["fit", "model.yaml", "faithful.csv", "--json"] + options, in: Self.faithful(mode.classes))
    #expect(run.status == 0)
    let report = try JSON(run.standardOutput)
    #expect((try report.number("log_likelihood") - mode.best).magnitude < 1e-4)
    let starts = try report.objects("starts")
    #expect(starts.count == 10)
    #expect(starts.map { $0["seed"] as? Int } == Array(1...10))
    #expect(Set(starts.compactMap { $0["start"] as? String }) == [options.last ?? "kmeans"])
  }

  /// Clusters are for numbers below a latent variable that nothing else tells about.
  @Test(arguments: [
    ("structure.yaml", "complete.csv"), ("fixed.yaml", "d.csv"),
  ]) func clustersNeedNumbersBelowALatentVariable(model: String, data: String) throws {
    let fixed = """
      latent: 1
      variables:
        kind: {states: [a, b], latent: true}
        height: {type: gaussian, fixed: true}
      edges:
        - kind -> height
      parameters:
        height: {a: {mean: 0, variance: 1}, b: {mean: 5, variance: 1}}

      """
    let others = ["fixed.yaml": fixed, "d.csv": "height\n1\n4\n"]
    let (run, _) = try NumberExamples.run(["fit", model, data, "--start", "kmeans"], with: others)
    #expect(
      run
        == ToolRun(
          status: 65, standardOutput: "",
          standardError: "\(model): --start kmeans needs a variable of numbers below a latent one, and nothing that is "
            + "fixed below that; use --start random\n"))
    let random = try NumberExamples.run(["fit", model, data, "--start", "random", "--starts", "2"], with: others).run
    #expect(random.status == 0)
  }
}
