import Foundation
import Testing

/// EM trajectories that an independent implementation computed: full completion, maximum likelihood, no acceleration.
@Suite struct ReferenceCaseTests {
  struct Expected: Decodable {
    struct Table: Decodable {
      let parents: [String]
      let states: [String]
      let table: Nested
    }
    let iterations: Int
    let loglikTrace: [Double]
    let finalCpts: [String: Table]
    let lastParentCounts: [String: Nested]

    enum CodingKeys: String, CodingKey {
      case iterations = "K"
      case loglikTrace = "loglik_trace"
      case finalCpts = "final_cpts"
      case lastParentCounts = "last_parent_counts"
    }
  }

  /// A table as nested lists.
  indirect enum Nested: Decodable {
    case number(Double)
    case list([Nested])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .list(try container.decode([Nested].self))
      }
    }

    var numbers: [Double] {
      switch self {
      case .number(let number): [number]
      case .list(let list): list.flatMap(\.numbers)
      }
    }
  }

  struct Report: Decodable {
    let logLikelihood: Double
    let logLikelihoodTrace: [Double]
    let iterations: Int
    let converged: Bool
    let stopReason: String

    enum CodingKeys: String, CodingKey {
      case logLikelihood = "log_likelihood"
      case logLikelihoodTrace = "log_likelihood_trace"
      case iterations, converged
      case stopReason = "stop_reason"
    }
  }

  /// The cases that the project ships, and, where they are at hand, all the others beside the checkout.
  static let cases: [URL] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let project = tests.deletingLastPathComponent().deletingLastPathComponent()
    let folders = [tests.appending(path: "Cases"), project.appending(path: "../shared/cases/bn")]
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { FileManager.default.fileExists(atPath: $0.appending(path: "expected.json").path) }
    }
  }()

  @Test(arguments: cases) func trajectory(_ place: URL) throws {
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: place.appending(path: "expected.json")))
    let folder = try Folder()
    let run = try Tool.run(
      "fit", place.appending(path: "start.bif").path, place.appending(path: "data.csv").path, "--start", "model",
      "--completion", "full", "--acceleration", "none", "--tolerance", "0", "--max-iterations",
      "\(expected.iterations)",
      "--prior", "none", "--json", "--quiet", "-o", "fitted.json", in: folder)
    #expect(run.status == 0)
    #expect(run.standardError == "")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.standardOutput.utf8))
    #expect(report.iterations == expected.iterations)
    #expect(report.stopReason == "max-iterations")
    #expect(!report.converged)
    #expect(report.logLikelihood == report.logLikelihoodTrace.last)
    try #require(report.logLikelihoodTrace.count == expected.loglikTrace.count)
    for (actual, reference) in zip(report.logLikelihoodTrace, expected.loglikTrace) {
      #expect((actual - reference).magnitude <= 1e-9 * reference.magnitude)
    }
    let fitted = try #require(
      try JSONSerialization.jsonObject(with: Data((folder.text(of: "fitted.json") ?? "").utf8)) as? [String: Any])
    let parameters = try #require(fitted["parameters"] as? [String: Any])
    for (name, table) in expected.finalCpts {
      let counts = try #require(expected.lastParentCounts[name]).numbers
      let states = try table.parents.map { try #require(expected.finalCpts[$0]).states }
      let reference = table.table.numbers
      for (row, count) in counts.enumerated() where count >= 1e-6 {
        var entry = parameters[name]
        var rest = row
        var labels: [String] = []
        for parentStates in states.reversed() {
          labels.append(parentStates[rest % parentStates.count])
          rest /= parentStates.count
        }
        for label in labels.reversed() { entry = (entry as? [String: Any])?[label] }
        let actual = try #require(entry as? [Double], "\(name) \(labels)")
        for (state, probability) in actual.enumerated() {
          #expect((probability - reference[row * actual.count + state]).magnitude <= 1e-7, "\(name) \(labels)")
        }
      }
    }
  }
}
