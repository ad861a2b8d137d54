import Foundation
import Testing

/// Numbers of chains that were published, through the tool.
@Suite struct ChainPublishedTests {
  /// Major earthquakes of 1900 to 2006 (Zucchini and MacDonald 2009, table 1.1).
  static let earthquakes = """
    13 14 8 10 16 26 32 27 18 32 36 24 22 23 22 18 25 21 21 14 8 11 14 23 18 17 19 20 22 19 13 26 13 14 22 24 21 22 26 21
    23 24 27 41 31 27 35 26 28 36 39 21 17 22 17 19 15 34 10 15 22 18 15 20 15 22 19 16 30 27 29 23 20 16 21 21 25 16 18 15
    18 14 10 15 8 15 6 11 8 7 18 16 13 12 13 20 15 16 12 18 15 16 13 15 16 11 11
    """

  static func chain(_ states: Int, initial: String) -> String {
    let names = (1...states).map { "s\($0)" }.joined(separator: ", ")
    return """
      latent: 1
      variables:
        level: {states: [\(names)], latent: true, initial: \(initial)}
        count: {type: poisson}
      edges:
        - level[t-1] -> level
        - level -> count

      """
  }

  static func object(_ run: ToolRun) throws -> [String: Any] {
    #expect(run.status == 0, "\(run.standardError)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  @Test(arguments: [
    (2, "stationary", -342.3182668, 4), (3, "stationary", -329.4602763, 9), (2, "free", -341.8787010, 5),
    (3, "free", -328.5274834, 11),
  ])
  func earthquakesReachTheKnownMaximum(states: Int, initial: String, expected: Double, free: Int) throws {
    let counts = Self.earthquakes.split(whereSeparator: \.isWhitespace).joined(separator: "\n")
    let folder = try Folder(["m.yaml": Self.chain(states, initial: initial), "counts.csv": "count\n\(counts)\n"])
    let report = try Self.object(
      Tool.run(
        "fit", "m.yaml", "counts.csv", "--starts", "8", "--seed", "3", "--tolerance", "1e-12", "--json", in: folder))
    let found = try #require(report["log_likelihood"] as? Double)
    #expect((found - expected).magnitude < 5e-7, "\(found)")
    #expect(report["free_parameters"] as? Int == free)
  }

  /// The example of the lecture (Stamp 2004): exact probabilities of all paths follow from these.
  static let treeRings = """
    latent: 1
    variables:
      climate: {states: [H, C], latent: true}
      ring: {states: [S, M, L]}
    edges:
      - climate[t-1] -> climate
      - climate -> ring
    parameters:
      climate: {initial: [0.6, 0.4], transition: {H: [0.7, 0.3], C: [0.4, 0.6]}}
      ring: {H: [0.1, 0.4, 0.5], C: [0.7, 0.2, 0.1]}

    """

  @Test func treeRingsDecode() throws {
    let folder = try Folder(["m.yaml": Self.treeRings, "rings.csv": "ring\nS\nM\nS\nL\n"])
    let decoded = try Self.object(Tool.run("decode", "m.yaml", "rings.csv", "--json", in: folder))
    let rows = try #require(decoded["rows"] as? [[String: Any]])
    #expect(rows.map { $0["climate"] as? String } == ["C", "C", "C", "H"])
    let joint = try #require(decoded["log_probability"] as? Double)
    #expect((exp(joint) - 0.0028224).magnitude < 1e-15)
    let score = try Self.object(Tool.run("score", "m.yaml", "rings.csv", "--json", in: folder))
    #expect((exp(try #require(score["log_likelihood"] as? Double)) - 0.0096296).magnitude < 1e-15)
    let hot = try probabilities("climate=H", of: "posterior", "m.yaml", "rings.csv", in: folder)
    for (found, expected) in zip(hot, [0.1881698, 0.5194318, 0.2288776, 0.8039794]) {
      #expect((found - expected).magnitude < 5e-8)
    }
  }

  private func probabilities(_ column: String, of arguments: String..., in folder: Folder) throws -> [Double] {
    let run = try Tool.run(arguments + ["--json"], in: folder)
    #expect(run.status == 0, "\(run.standardError)")
    let rows = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [[String: Any]]
    return try #require(rows).compactMap { $0[column] as? Double }
  }

  /// Umbrellas (Russell and Norvig): the rain of a day given the days up to it, and given both days.
  @Test func umbrellasFilterAndSmooth() throws {
    let model = """
      latent: 1
      variables:
        rain: {states: [yes, no], latent: true}
        umbrella: {states: [yes, no]}
      edges:
        - rain[t-1] -> rain
        - rain -> umbrella
      parameters:
        rain: {initial: [0.5, 0.5], transition: {yes: [0.7, 0.3], no: [0.3, 0.7]}}
        umbrella: {yes: [0.9, 0.1], no: [0.2, 0.8]}

      """
    let folder = try Folder(["m.yaml": model, "days.csv": "umbrella\nyes\nyes\n"])
    let filtered = try probabilities("rain=yes", of: "posterior", "m.yaml", "days.csv", "--filter", in: folder)
    let smoothed = try probabilities("rain=yes", of: "posterior", "m.yaml", "days.csv", in: folder)
    for (found, expected) in zip(filtered + smoothed, [0.8181818, 0.8833570, 0.8833570, 0.8833570]) {
      #expect((found - expected).magnitude < 5e-8)
    }
  }

  /// Two coins (Do and Batzoglou 2008): a chain that never leaves its state, a sequence for each set of ten tosses.
  @Test(arguments: [(1, 0.7130122, 0.5813393), (2, 0.7452920, 0.5692558), (10, 0.7967441, 0.5196587)])
  func coinsThatNeverChange(iterations: Int, first: Double, second: Double) throws {
    let model = """
      latent: 1
      variables:
        coin: {states: [a, b], latent: true, fixed: true}
        toss: {states: [heads, tails]}
      edges:
        - coin[t-1] -> coin
        - coin -> toss
      sequence: {by: set}
      parameters:
        coin: {initial: [0.5, 0.5], transition: {a: [1, 0], b: [0, 1]}}
        toss: {a: [0.6, 0.4], b: [0.5, 0.5]}

      """
    var rows = "set,toss\n"
    for toss in 0..<10 {
      for (set, heads) in [5, 9, 8, 4, 7].enumerated() { rows += "\(set),\(toss < heads ? "heads" : "tails")\n" }
    }
    let folder = try Folder(["m.json": "", "m.yaml": model, "tosses.csv": rows])
    _ = try Self.object(
      Tool.run(
        "fit", "m.yaml", "tosses.csv", "--max-iterations", "\(iterations)", "--tolerance", "0", "--json", "-o",
        "f.json", in: folder))
    let fitted = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: folder.url.appending(path: "f.json")))
        as? [String: Any])
    let tables = try #require((fitted["parameters"] as? [String: Any])?["toss"] as? [String: [Double]])
    #expect((try #require(tables["a"]?[0]) - first).magnitude < 5e-8)
    #expect((try #require(tables["b"]?[0]) - second).magnitude < 5e-8)
  }

  /// Rows of one sequence may lie apart, and answers keep the order of the file.
  @Test func sequencesAreGathered() throws {
    let model = Self.treeRings.replacing("edges:", with: "sequence: {by: tree, order: year}\nedges:")
    let folder = try Folder([
      "m.yaml": model, "apart.csv": "tree,year,ring\na,1,S\nb,1,L\na,2,M\nb,3,M\na,3,S\na,10,L\n",
      "twice.csv": "tree,year,ring\na,1,S\nb,1,L\na,1,M\n", "empty.csv": "tree,year,ring\na,1,S\n,1,L\n",
    ])
    let decoded = try Self.object(Tool.run("decode", "m.yaml", "apart.csv", "--json", in: folder))
    let rows = try #require(decoded["rows"] as? [[String: Any]])
    #expect(rows.map { $0["tree"] as? String } == ["a", "b", "a", "b", "a", "a"])
    #expect(rows.filter { $0["tree"] as? String == "a" }.map { $0["climate"] as? String } == ["C", "C", "C", "H"])
    let score = try Tool.run("score", "m.yaml", "apart.csv", "--rows", "--quiet", in: folder)
    let lines = score.standardOutput.split(separator: "\n")
    #expect(lines.map { $0.split(separator: ",").prefix(2).joined(separator: ",") } == ["tree,steps", "a,4", "b,2"])
    let twice = try Tool.run("fit", "m.yaml", "twice.csv", in: folder)
    #expect(twice.status == 65)
    #expect(
      twice.standardError.contains(
        "twice.csv:4: column year is 1 after 1 on line 2 of the same sequence; within a sequence it must rise"))
    let empty = try Tool.run("fit", "m.yaml", "empty.csv", in: folder)
    #expect(empty.status == 65)
    #expect(empty.standardError.contains("empty.csv:3: column tree is empty"))
  }
}
