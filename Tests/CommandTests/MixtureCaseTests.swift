import Foundation
import Testing

/// EM trajectories of mixtures, latent classes, hidden Markov models and normal distributions with missing cells that
/// independent implementations computed: minimal completion, maximum likelihood, no floor that acts.
@Suite struct MixtureCaseTests {
  /// The cases that the project ships, and, where they are at hand, the others beside the checkout.
  static let cases: [URL] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let project = tests.deletingLastPathComponent().deletingLastPathComponent()
    let folders = [tests.appending(path: "Cases/sequences"), project.appending(path: "../shared/cases/seq")]
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { (try? CaseModel(at: $0)) != nil }
    }
  }()

  @Test(arguments: cases) func trajectory(_ place: URL) throws {
    let model = try CaseModel(at: place)
    let expected = try CaseModel.object(place.appending(path: "expected.json"))
    let trace = try #require(expected["loglik_trace"] as? [Double])
    let folder = try Folder()
    try folder.write(try model.document(model.start), to: "start.json")
    let run = try Tool.run(
      "fit", "start.json", place.appending(path: "data.csv").path, "--start", "model", "--tolerance", "0",
      "--max-iterations", "\(trace.count - 1)", "--ignore-columns", "--json", "-o", "fitted.json", in: folder)
    #expect(run.status == 0, "\(run.standardError)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    let found = try #require(report["log_likelihood_trace"] as? [Double])
    try #require(found.count == trace.count)
    for (actual, reference) in zip(found, trace) {
      #expect((actual - reference).magnitude <= 1e-9 * reference.magnitude)
    }

    let last = try #require(expected["final_params"] as? [String: Any])
    try folder.write(try model.document(model.start.merging(last) { $1 }), to: "expected.json")
    let (actual, reference) = (
      CaseModel.numbers(try CaseModel.object(folder.url.appending(path: "fitted.json"))["parameters"]),
      CaseModel.numbers(try CaseModel.object(folder.url.appending(path: "expected.json"))["parameters"])
    )
    try #require(actual.count == reference.count)
    for (value, wanted) in zip(actual, reference) {
      #expect((value - wanted).magnitude <= 1e-7 * max(1, wanted.magnitude))
    }
    if let path = expected["viterbi"] as? [String: Any] {
      try expectPath(path, place, in: folder)
      try expectPosterior(expected, place, in: folder)
    }
  }

  /// The most probable path under the fitted parameters, and its log joint.
  private func expectPath(_ expected: [String: Any], _ place: URL, in folder: Folder) throws {
    let run = try Tool.run(
      "decode", "fitted.json", place.appending(path: "data.csv").path, "--ignore-columns", "--json", in: folder)
    #expect(run.status == 0, "\(run.standardError)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    let rows = try #require(report["rows"] as? [[String: Any]])
    let path = try #require(expected["path"] as? [Int])
    #expect(rows.map { $0["class"] as? String } == path.map { "\($0 + 1)" })
    let (found, wanted) = (
      try #require(report["log_probability"] as? Double), try #require(expected["log_joint"] as? Double)
    )
    #expect((found - wanted).magnitude <= 1e-9 * wanted.magnitude)
  }

  /// The posteriors of the first rows given all data.
  private func expectPosterior(_ expected: [String: Any], _ place: URL, in folder: Folder) throws {
    let run = try Tool.run(
      "posterior", "fitted.json", place.appending(path: "data.csv").path, "--ignore-columns", "--json", in: folder)
    #expect(run.status == 0, "\(run.standardError)")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [[String: Any]])
    let reference = try #require((expected["posterior_first_rows"] as? [String: Any])?["rows"] as? [[Double]])
    for (row, wanted) in zip(rows, reference) {
      for (state, probability) in wanted.enumerated() {
        let found = try #require(row["class=\(state + 1)"] as? Double)
        #expect((found - probability).magnitude <= 1e-7)
      }
    }
  }
}

/// The model of a case, and how it is written for the tool.
private struct CaseModel {
  let start: [String: Any]
  private let header: String

  /// Throws for cases of other kinds.
  init(at place: URL) throws {
    start = try Self.object(place.appending(path: "start.json"))
    let kind = start["kind"] as? String
    let data = try String(contentsOf: place.appending(path: "data.csv"), encoding: .utf8)
    header = data.split(separator: "\n").first.map(String.init) ?? ""
    guard kind == "mixture" || kind == "mvn" || kind == "hmm" else { throw CocoaError(.featureUnsupported) }
  }

  static func object(_ file: URL) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  /// All numbers of a value, maps by their keys.
  static func numbers(_ value: Any?) -> [Double] {
    switch value {
    case let map as [String: Any]: map.keys.sorted().flatMap { numbers(map[$0]) }
    case let list as [Any]: list.flatMap { numbers($0) }
    case let number as Double: [number]
    default: []
    }
  }

  /// The native document with these parameters.
  func document(_ model: [String: Any]) throws -> String {
    var variables: [String: Any] = [:]
    var parameters: [String: Any] = [:]
    var edges: [String] = []
    if let columns = model["columns"] {
      variables["block"] = ["type": "gaussian", "columns": columns, "covariance": "full"]
      parameters["block"] = ["mean": model["mean"] ?? [], "covariance": model["covariance"] ?? []]
    } else {
      let weights = model["weights"] as? [Double] ?? model["initial"] as? [Double] ?? []
      let states = weights.indices.map { "\($0 + 1)" }
      variables["class"] = ["states": states, "latent": true]
      parameters["class"] = weights
      if let transition = model["transition"] as? [Any] {
        parameters["class"] = [
          "initial": weights, "transition": Dictionary(uniqueKeysWithValues: zip(states, transition)),
        ]
        edges.append("class[t-1] -> class")
      }
      for (number, block) in (model["emissions"] as? [[String: Any]] ?? []).enumerated() {
        let name = block["column"] as? String ?? "block\(number)"
        edges.append("class -> \(name)")
        if let levels = block["levels"], let rows = block["probs"] as? [Any] {
          variables[name] = ["states": levels]
          parameters[name] = Dictionary(uniqueKeysWithValues: zip(states, rows))
        } else if let means = block["means"] as? [Any], let covariances = block["covariances"] as? [Any] {
          variables[name] = [
            "type": "gaussian", "columns": block["columns"] ?? [], "covariance": block["covariance_type"] ?? "full",
          ]
          parameters[name] = Dictionary(
            uniqueKeysWithValues: zip(states, zip(means, covariances).map { ["mean": $0, "covariance": $1] }))
        }
      }
    }
    var document: [String: Any] = ["latent": 1, "variables": variables, "edges": edges, "parameters": parameters]
    if header.split(separator: ",").contains("sequence") { document["sequence"] = ["by": "sequence"] }
    return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
  }
}
