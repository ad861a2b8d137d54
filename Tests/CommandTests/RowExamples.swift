import Foundation
import Testing

/// What the commands that go through a table row by row are tried on.
enum RowExamples {
  static let files = [
    "classes.yaml": """
    latent: 1
    variables:
      bloc: {states: [a, b], latent: true}
      q1: {states: [n, y]}
      q2: {states: [n, y]}
    edges:
      - bloc -> *
    parameters:
      bloc: [0.5, 0.5]
      q1: {a: [0.75, 0.25], b: [0.25, 0.75]}
      q2: {a: [0.75, 0.25], b: [0.25, 0.75]}

    """,
    "votes.csv": """
    id;q2;w;q1
    "one; two";y;1;y
    2;;2;y
    3;n;0;
    4;;1;?
    5;n;1;y

    """,
    "labelled.csv": """
    q1,bloc,q2
    y,,y
    y,a,
    ,,n

    """,
    "empty.csv": """
    bloc,q1,q2
    ,y,
    ,,n

    """,
    "rain.yaml": """
    latent: 1
    variables:
      rain: {states: [no, yes]}
      sprinkler: {states: [off, on]}
      grass: {states: [dry, wet]}
    edges:
      - rain -> sprinkler
      - rain -> grass
      - sprinkler -> grass
    parameters:
      rain: [0.75, 0.25]
      sprinkler: {no: [0.5, 0.5], yes: [1, 0]}
      grass: {no: {off: [1, 0], on: [0.25, 0.75]}, yes: {off: [0.25, 0.75], on: [0, 1]}}

    """,
    "structure.yaml": """
    latent: 1
    variables:
      rain: {states: [no, yes]}
      sprinkler: {states: [off, on]}
      grass: {states: [dry, wet]}
    edges:
      - rain -> sprinkler
      - rain -> grass
      - sprinkler -> grass

    """,
    "grass.csv": """
    day,grass,rain,sprinkler
    mon,wet,,
    tue,dry,,
    wed,wet,no,
    thu,,yes,off

    """,
    "complete.csv": """
    rain,sprinkler,grass
    no,on,wet
    no,off,dry

    """,
    "impossible.csv": """
    rain,sprinkler,grass
    no,,dry
    yes,on,wet
    no,off,
    no,off,wet

    """,
    "copy.csv": """
    copy,rain,sprinkler,grass
    1,,on,wet

    """,
    "weightless.csv": """
    w,rain,sprinkler,grass
    0,no,,

    """,
  ]

  /// Runs the tool in a folder with the files above, and takes from its files what was not there before.
  static func run(_ arguments: [String]) throws -> (run: ToolRun, written: [String: String]) {
    let folder = try Folder(files)
    let run = try Tool.run(arguments, in: folder)
    var written: [String: String] = [:]
    for name in folder.files where files[name] == nil { written[name] = folder.text(of: name) }
    return (run, written)
  }
}

/// A run of the tool that ends well, with all that it says and writes.
struct Screen: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [String]
  var output = ""
  var errors = ""
  /// The text of `out.csv` when the command writes it.
  var file: String?

  var testDescription: String { name }

  func check() throws {
    let (run, written) = try RowExamples.run(arguments)
    #expect(run == ToolRun(status: 0, standardOutput: output, standardError: errors))
    #expect(written == (file.map { ["out.csv": $0] } ?? [:]))
  }
}

/// A run that is refused: nothing on standard output, one sentence on standard error, nothing written.
struct RefusedRun: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [String]
  let status: Int32
  /// The first line on standard error; wrong usage is followed by the usage of the command.
  let sentence: String

  var testDescription: String { name }

  func check() throws {
    let (run, written) = try RowExamples.run(arguments)
    let lines = run.standardError.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(run.status == status)
    #expect(run.standardOutput.isEmpty)
    #expect(lines.first.map(String.init) == sentence)
    let isUsage = sentence.hasPrefix("Error: ")
    #expect(isUsage ? run.standardError.contains("\nUsage: latent \(arguments[0]) ") : lines.count == 2)
    #expect(written.isEmpty)
  }
}
