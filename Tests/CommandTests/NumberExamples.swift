import Foundation
import Testing

/// A model with a variable of numbers below a latent one, and tables with missing cells.
enum NumberExamples {
  static let files = [
    "plants.yaml": """
    latent: 1
    variables:
      kind: {states: [a, b], latent: true}
      site: {states: [dry, wet]}
      height: {type: gaussian}
      leaf: {states: [small, large]}
    edges:
      - kind -> [site, height, leaf]
    parameters:
      kind: [0.5, 0.5]
      site: {a: [0.75, 0.25], b: [0.25, 0.75]}
      height: {a: {mean: 10.0, variance: 4.0}, b: {mean: 20.0, variance: 4.0}}
      leaf: {a: [0.75, 0.25], b: [0.25, 0.75]}

    """,
    "structure.yaml": """
    latent: 1
    variables:
      site: {states: [dry, wet]}
      height: {type: gaussian}
    edges:
      - site -> height

    """,
    "mixture.yaml": """
    latent: 1
    variables:
      kind: {states: [a, b], latent: true}
      height: {type: gaussian}
    edges:
      - kind -> height

    """,
    "plants.csv": """
    id;site;height;leaf
    1;dry;10;
    2;dry;12;small
    3;wet;20.5;large
    4;;21.5;large
    5;wet;;large
    6;;;
    7;dry;NA;small
    8;wet;22;
    9;;11;

    """,
    "complete.csv": "site,height\ndry,1\ndry,3\nwet,10\nwet,14\nwet,18\n",
    "weighted.csv": "site,height,w\ndry,1,2\ndry,4,1\nwet,10,3\nwet,14,0.5\nwet,1000,0\n",
    "far.yaml": """
    latent: 1
    variables:
      kind: {states: [a, b], latent: true}
      leaf: {states: [small, large]}
      height: {type: gaussian}
    edges:
      - kind -> [leaf, height]
    parameters:
      kind: [0.5, 0.5]
      leaf: {a: [0.5, 0.5], b: [0, 1]}
      height: {a: {mean: 0, variance: 1}, b: {mean: 1000, variance: 1}}

    """,
    "far.csv": "leaf,height\nsmall,1000\n",
  ]

  /// Runs the tool in a folder with the files above and others; returns what it said, and the files afterwards.
  static func run(_ arguments: [String], with others: [String: String] = [:]) throws -> (run: ToolRun, folder: Folder) {
    let folder = try Folder(files.merging(others) { $1 })
    return (try Tool.run(arguments, in: folder), folder)
  }

  /// Whether two texts are the same but for the last digits of their numbers: logarithms differ from system to system.
  static func agree(_ found: String, _ expected: String) -> Bool {
    let (found, expected) = (words(found), words(expected))
    guard found.count == expected.count else { return false }
    return zip(found, expected).allSatisfy { found, expected in
      if found == expected { return true }
      guard let a = Double(found), let b = Double(expected) else { return false }
      return (a - b).magnitude <= 1e-9 * max(1, a.magnitude, b.magnitude)
    }
  }

  private static func words(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { ",;\n ".contains($0) }
  }
}
