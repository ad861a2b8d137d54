import Foundation
import Testing

@Suite struct CompareTests {
  /// Two classes below which the pathologists judge.
  static let classes = """
    latent: 1
    variables:
      class: {states: ["1", "2"], latent: true}
      A: {states: ["1", "2"]}
      B: {states: ["1", "2"]}
      C: {states: ["1", "2"]}
      D: {states: ["1", "2"]}
      E: {states: ["1", "2"]}
      F: {states: ["1", "2"]}
      G: {states: ["1", "2"]}
    edges:
      - class -> *

    """

  static func carcinoma() throws -> Folder {
    let folder = try Folder(["class.yaml": classes])
    let url = URL(filePath: #filePath).appending(path: "../../../Examples/carcinoma/carcinoma.csv").standardizedFileURL
    try folder.write(String(contentsOf: url, encoding: .utf8), to: "carcinoma.csv")
    return folder
  }

  static func document(_ run: ToolRun) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  /// The log-likelihoods, BIC and G² that poLCA prints for 2, 3 and 4 classes (Linzer and Lewis 2011; Agresti 2002, section
  /// 13.1.2).
  @Test func findsThreeClassesOfSlides() throws {
    let folder = try Self.carcinoma()
    let run = try Tool.run(
      "compare", "class.yaml", "carcinoma.csv", "--components", "1...5", "--starts", "30", "--tolerance", "1e-11",
      "--seed", "1", "-o", "best.yaml", "--json", in: folder)
    try #require(run.status == 0, "\(run.standardError)")
    let document = try Self.document(run)
    #expect(document["best"] as? String == "3")
    let models = try #require(document["models"] as? [[String: Any]])
    #expect(models.map { $0["name"] as? String } == ["1", "2", "3", "4", "5"])
    #expect(models.map { $0["free_parameters"] as? Int } == [7, 15, 23, 31, 39])
    func numbers(_ key: String) -> [Double] { models.compactMap { $0[key] as? Double } }
    let published = [-524.46482, -317.25684, -293.70498, -289.28585, -286.88433]
    for (found, published) in zip(numbers("log_likelihood"), published) { #expect(abs(found - published) < 6e-6) }
    #expect(abs(numbers("bic")[2] - 697.13570) < 2e-5)
    #expect(abs(numbers("g_squared")[2] - 15.26171) < 2e-5)
    #expect(models.map { $0["degrees_of_freedom"] as? Int } == [120, 112, 104, 96, 88])
    #expect(models.allSatisfy { $0["cross_validated_log_likelihood"] is NSNull })
    #expect(numbers("entropy")[0] == 0 && numbers("icl")[0] == numbers("bic")[0])
    for (icl, (bic, entropy)) in zip(numbers("icl"), zip(numbers("bic"), numbers("entropy"))) {
      #expect(icl == bic + 2 * entropy)
    }
    let sizes = try #require((models[2]["class_sizes"] as? [String: [Double]])?["class"])
    for (found, published) in zip(sizes.sorted(), [0.1817, 0.3736, 0.4447]) { #expect(abs(found - published) < 1e-4) }
    let score = try Tool.run("score", "best.yaml", "carcinoma.csv", in: folder)
    #expect(score.standardOutput.contains("-293.704979"))
  }

  /// Two independent columns of which A is 1 in three rows of four: by hand, ℓ = 3 log 3/4 + log 1/4 + 4 log 1/2 without an
  /// edge, and with one b is 1 in one of three rows where a is 1.
  @Test func comparesModelsOfSeveralFiles() throws {
    let variables = "latent: 1\nvariables: {a: {states: [x, y]}, b: {states: [x, y]}}\n"
    let folder = try Folder([
      "apart.yaml": variables, "joined.yaml": variables + "edges:\n  - a -> b\n",
      "d.csv": "a,b\nx,x\nx,y\nx,y\ny,x\n",
    ])
    let run = try Tool.run("compare", "apart.yaml", "joined.yaml", "d.csv", "--json", in: folder)
    let models = try #require(Self.document(run)["models"] as? [[String: Any]])
    #expect(run.standardError.isEmpty)
    let margin = 3 * log(0.75) + log(0.25)
    let expected = [margin + 4 * log(0.5), margin + log(1.0 / 3) + 2 * log(2.0 / 3)]
    for (model, value) in zip(models, expected) {
      #expect(abs((model["log_likelihood"] as? Double ?? 0) - value) < 1e-12)
    }
    #expect(models.map { $0["free_parameters"] as? Int } == [2, 3])
    #expect(abs((models[0]["g_squared"] as? Double ?? 0) - 2 * (expected[1] - expected[0])) < 1e-12)
    #expect(abs(models[1]["g_squared"] as? Double ?? 1) < 1e-12)
    let text = try Tool.run("compare", "apart.yaml", "joined.yaml", "d.csv", in: folder)
    #expect(text.standardOutput.hasSuffix("\nbest by BIC: joined.yaml\n"))
    #expect(!text.standardOutput.contains("class sizes") && !text.standardOutput.contains("densities"))
  }

  /// A column that is x in 6 rows of 8: each fold leaves so many rows, from which its rows are predicted.
  @Test func crossValidates() throws {
    let folder = try Folder([
      "m.yaml": "latent: 1\nvariables: {a: {states: [x, y]}}\n", "d.csv": "a\nx\nx\nx\ny\nx\nx\ny\nx\n",
    ])
    let run = try Tool.run("compare", "m.yaml", "d.csv", "--folds", "8", "--json", in: folder)
    let models = try #require(Self.document(run)["models"] as? [[String: Any]])
    let found = try #require(models[0]["cross_validated_log_likelihood"] as? Double)
    #expect(abs(found - (6 * log(5.0 / 7) + 2 * log(1.0 / 7))) < 1e-12)
    let again = try Tool.run("compare", "m.yaml", "d.csv", "--folds", "3", in: folder)
    #expect(again.standardOutput.contains("cross-validated"))
    let many = try Tool.run("compare", "m.yaml", "d.csv", "--folds", "9", in: folder)
    #expect(many == Refusal(64, [], "--folds 9: d.csv has 8 rows; use fewer folds").run)
  }

  @Test func variesCovariancesOfABlock() throws {
    let model = """
      latent: 1
      variables:
        k: {states: [a, b], latent: true}
        uv: {type: gaussian, columns: [u, v], covariance: full}
      edges:
        - k -> uv

      """
    let rows = (0..<40).map { row in
      let (angle, side) = (Double(row) * 2.4, row % 2 == 0 ? 0.0 : 9.0)
      return "\(side + sin(angle)),\(side * 2 + cos(angle * 1.7))\n"
    }
    let folder = try Folder(["m.yaml": model, "d.csv": "u,v\n" + rows.joined()])
    let run = try Tool.run(
      "compare", "m.yaml", "d.csv", "--components", "1,2", "--covariance", "all", "--quiet", in: folder)
    try #require(run.status == 0, "\(run.standardError)")
    for name in ["1 full", "1 spherical", "2 tied", "2 diagonal"] { #expect(run.standardOutput.contains("\n\(name) ")) }
    #expect(run.standardOutput.contains("log-likelihoods, AIC, BIC and ICL are of a density"))
  }

  @Test func refusesSequences() throws {
    let model = "latent: 1\nvariables: {z: {states: [a, b], latent: true}, x: {states: [u, v]}}\n"
    let folder = try Folder(["m.yaml": model + "edges: ['z[t-1] -> z', z -> x]\n", "d.csv": "x\nu\nv\nu\n"])
    for sizes in [[], ["--states", "1...3"]] {
      let run = try Tool.run(["compare", "m.yaml", "d.csv"] + sizes, in: folder)
      #expect(run.status == 65 && run.standardOutput.isEmpty)
      #expect(run.standardError.hasPrefix("m.yaml: z depends on its previous step, and a comparison cannot be done"))
    }
  }

  @Test func saysThatBICStillFalls() throws {
    let run = try Tool.run("compare", "class.yaml", "carcinoma.csv", "--states", "1...2", in: Self.carcinoma())
    #expect(run.standardError.contains("BIC still falls at 2, the largest size; go on with --components 2...4\n"))
    #expect(run.standardOutput.contains("\nbest by BIC: 2\n"))
  }

  @Test(arguments: [
    Refusal(64, ["carcinoma.csv"], "Error: carcinoma.csv: expected one model or more, and then the table"),
    Refusal(64, ["class.yaml", "-"], "Error: -: the table is read once for each model; name a file"),
    Refusal(
      64, ["class.yaml", "class.yaml", "carcinoma.csv"], "Error: class.yaml: the model is named twice; name it once"),
    Refusal(
      64, ["class.yaml", "carcinoma.csv", "--components", "3...2"],
      "Error: --components 3...2: expected numbers of states, such as 1...6 or 2,4,8, at most 1000"),
    Refusal(
      64, ["class.yaml", "carcinoma.csv", "--components", "2,2"],
      "Error: --components 2,2: 2 is named twice; name it once"),
    Refusal(
      64, ["class.yaml", "carcinoma.csv", "--covariance", "round"],
      "Error: --covariance round: expected each of full, diagonal, tied, spherical at most once, or all"),
    Refusal(
      64, ["class.yaml", "carcinoma.csv", "--components", "2", "--start", "model"],
      "Error: --start model: a varied model has no parameters to start from; leave it out"),
    Refusal(64, ["class.yaml", "carcinoma.csv", "--folds", "1"], "Error: --folds 1: expected 2 or more"),
    Refusal(
      64, ["class.yaml", "carcinoma.csv", "-o", "-"],
      "Error: -o - and the report would mix on standard output; name a file"),
  ])
  func usage(_ refusal: Refusal) throws {
    let run = try Tool.run(["compare"] + refusal.arguments, in: Self.carcinoma())
    #expect(run.status == refusal.status && run.standardOutput.isEmpty)
    #expect(run.standardError.hasPrefix(refusal.sentence + "\n"))
  }

  @Test(arguments: [
    Refusal(
      65, ["none.yaml", "--components", "1...2"],
      "none.yaml: there is no latent variable without parents, whose number of states could be varied; mark one 'latent: "
        + "true'"),
    Refusal(
      65, ["two.yaml", "--components", "1...2"],
      "two.yaml: there are 2 latent variables without parents (h, k), but the number of states of exactly one is varied; "
        + "keep one of them, or compare several files"),
    Refusal(
      65, ["one.yaml", "--covariance", "all"],
      "one.yaml: there is no block of columns, whose covariance could be varied; put the columns in a block"),
    Refusal(
      65, ["one.yaml", "none.yaml", "--ignore-columns"],
      "none.yaml: models of different columns cannot be compared: b is in one.yaml and not in none.yaml; give both the "
        + "same columns"),
  ])
  func models(_ refusal: Refusal) throws {
    let a = "a: {states: [x, y]}"
    let b = "b: {states: [x, y]}"
    func latent(_ name: String) -> String { "\(name): {states: [s, t], latent: true}" }
    let folder = try Folder([
      "none.yaml": "latent: 1\nvariables: {\(a)}\n",
      "one.yaml": "latent: 1\nvariables: {\(latent("h")), \(a), \(b)}\nedges:\n  - h -> *\n",
      "two.yaml":
        "latent: 1\nvariables: {\(latent("h")), \(latent("k")), \(a), \(b)}\nedges:\n  - h -> a\n  - k -> b\n",
      "d.csv": "a,b\nx,x\nx,y\ny,y\n",
    ])
    let names = refusal.arguments.filter { $0.hasSuffix(".yaml") }
    let options = refusal.arguments.filter { !$0.hasSuffix(".yaml") }
    let run = try Tool.run(["compare"] + names + ["d.csv"] + options + ["--quiet"], in: folder)
    #expect(run == refusal.run)
  }
}
