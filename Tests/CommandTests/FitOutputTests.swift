import Foundation
import Testing

/// What a fit leaves behind, and what must not keep it from doing so.
@Suite struct FitOutputTests {
  static let bif = """
    network unknown {
    }
    variable class {
      type discrete [ 2 ] { one, two };
    }
    variable a {
      type discrete [ 2 ] { n, y };
    }
    variable b {
      type discrete [ 2 ] { n, y };
    }
    probability ( class ) {
      table 0.4, 0.6;
    }
    probability ( a | class ) {
      (one) 0.8, 0.2;
      (two) 0.3, 0.7;
    }
    probability ( b | class ) {
      (one) 0.9, 0.1;
      (two) 0.4, 0.6;
    }

    """
  static let data = "a,b\nn,n\ny,y\nn,\ny,n\nn,n\n"

  static func folder() throws -> Folder { try Folder(["m.bif": bif, "d.csv": data]) }

  /// Runs a line of the shell in which `latent` is the built tool.
  static func shell(_ line: String, in folder: Folder) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "latent() { '\(try Tool.location.path)' \"$@\"; }; \(line)"]
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func aNativeFileSaysWhichVariablesWereLatent() throws {
    let folder = try Self.folder()
    for name in ["f.yaml", "f.json"] {
      #expect(try Tool.run("fit", "m.bif", "d.csv", "--quiet", "-o", name, in: folder).status == 0)
      #expect(try Tool.run("score", name, "d.csv", in: folder).status == 0)
      #expect(try Tool.run("posterior", name, "d.csv", "--quiet", in: folder).standardOutput.hasPrefix("class=one,"))
    }
    #expect(try Tool.run("fit", "m.bif", "d.csv", "-o", "f.bif", in: folder).standardError == "")
  }

  @Test func aClosedStandardErrorLosesNothing() throws {
    let folder = try Self.folder()
    #expect(try Self.shell("latent fit m.bif d.csv -o f.bif --max-iterations 1 2>&-", in: folder) == 0)
    #expect(folder.text(of: "f.bif") != nil)
    #expect(try Self.shell("latent fit m.bif nosuch.csv 2>&-", in: folder) == 66)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsAnError() throws {
    let folder = try Self.folder()
    for command in ["fit m.bif d.csv --quiet", "show m.bif", "query m.bif", "plan m.bif d.csv"] {
      #expect(try Self.shell("latent \(command) >/dev/full", in: folder) == 73, "\(command)")
    }
    #expect(try Self.shell("latent fit m.bif d.csv -o f.bif --max-iterations 1 2>/dev/full", in: folder) == 0)
    #expect(folder.text(of: "f.bif") != nil)
  }

  @Test func whatAFormatCannotSpellIsRefusedBeforeTheWork() throws {
    let long = String(repeating: "long", count: 300)
    let folder = try Folder([
      "m.json": "{\"latent\": 1, \"variables\": {\"\(long)\": {\"states\": [\"n\", \"y\"]}}}",
      "d.csv": "\(long)\nn\ny\n",
    ])
    let run = try Tool.run(
      "fit", "m.json", "d.csv", "-o", "f.yaml", "--tolerance", "0", "--max-iterations", "1000000000", in: folder)
    #expect(run.status == 65)
    #expect(run.standardError.hasPrefix("f.yaml: "))
    #expect(folder.files == ["d.csv", "m.json"])
  }

  static let refusals: [(arguments: [String], status: Int32, start: String)] = [
    (["fit", "m.bif", "d.csv", "-o", "f.bif", "--trace", "f.bif"], 64, "Error: --trace f.bif would replace f.bif"),
    (["fit", "m.bif", "d.csv", "--trace", "./d.csv"], 64, "Error: --trace ./d.csv would replace d.csv"),
    (["fit", "m.bif", "d.csv", "--json", "--trace", "-"], 64, "Error: --trace - and the report would mix"),
    (
      ["fit", "m.bif", "d.csv", "--prior", "1e308"], 64,
      "Error: --prior 1e308: expected none, or a pseudo-count above 0"
    ),
    (
      ["fit", "m.bif", "d.csv", "--tolerance", "-1"], 64, "Error: --tolerance -1.0: expected a number that is 0 or more"
    ),
    (
      ["fit", "m.bif", "d.csv", "--starts", "9223372036854775807"], 64,
      "Error: --starts 9223372036854775807: expected 1 to"
    ),
    (["sample", "m.bif", "-n", "9223372036854775807"], 64, "Error: -n 9223372036854775807: expected 1 to"),
    (["fit", "fixed.yaml", "d.csv"], 65, "fixed.yaml: a is fixed but has no parameters"),
    (
      ["posterior", "m.bif", "twice.csv", "--ignore-columns", "--quiet"], 65,
      "twice.csv: the data and the result both have a column class=one"
    ),
    (["fit", "m.bif", "heavy.csv", "--weights", "w"], 65, "heavy.csv: the weights sum to more than"),
  ]

  @Test(arguments: refusals) func refuses(_ arguments: [String], _ status: Int32, _ start: String) throws {
    let folder = try Self.folder()
    try folder.write(
      "latent: 1\nvariables:\n  a: {states: [n, y], fixed: true}\n  b: {states: [n, y]}\n", to: "fixed.yaml")
    try folder.write("a,b,class=one\nn,y,1\n", to: "twice.csv")
    try folder.write("a,b,w\nn,y,1e308\nn,n,1e308\n", to: "heavy.csv")
    let before = folder.files
    let run = try Tool.run(arguments, in: folder)
    #expect(run.status == status)
    #expect(run.standardError.hasPrefix(start), "\(run.standardError)")
    #expect(folder.files == before)
    #expect(folder.text(of: "d.csv") == Self.data)
  }

  /// As with `latent posterior ... | head -1`: the reader has seen enough.
  @Test func aReaderThatGoesAwayIsNoError() throws {
    let folder = try Self.folder()
    let rows = String(repeating: "n,y\n", count: 50_000)
    try folder.write("a,b\n" + rows, to: "long.csv")
    let line = "{ latent posterior m.bif long.csv --quiet 2>e.txt; echo $? >s.txt; } | head -1"
    _ = try Self.shell(line, in: folder)
    #expect(folder.text(of: "e.txt") == "")
    #expect(folder.text(of: "s.txt") == "141\n")
  }
}
