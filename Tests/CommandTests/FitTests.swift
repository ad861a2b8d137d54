import Foundation
import Testing

@Suite struct FitTests {
  static let model = """
    latent: 1
    variables:
      bloc: {states: [left, right], latent: true}
      a: {states: [n, y]}
      b: {states: [n, y]}
      c: {states: [n, y]}
    edges:
      - bloc -> [a, b, c]

    """

  /// 60 rows of two kinds of voters, some cells missing.
  static let data: String = {
    var text = "a,b,c\n"
    for row in 0..<60 {
      let side = row % 3 == 0 ? "n" : "y"
      let other = side == "n" ? "y" : "n"
      text += "\(row % 7 == 0 ? other : side),\(row % 5 == 0 ? "" : side),\(row % 11 == 0 ? other : side)\n"
    }
    return text
  }()

  static func folder() throws -> Folder { try Folder(["m.yaml": model, "d.csv": data]) }

  /// The report without the lines that hold a time.
  static func timeless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("seconds") }
      .joined(separator: "\n")
  }

  @Test func theReportIsAScreen() throws {
    let run = try Tool.run("fit", "m.yaml", "d.csv", "--starts", "3", in: Self.folder())
    #expect(run.status == 0)
    #expect(run.standardError == "")
    #expect(Self.timeless(run.standardOutput) == Self.report)
  }

  static let report = """
    rows              60, 48 of them complete
    missing cells     12
    latent variables  bloc
    log-likelihood    -77.158832
    free parameters   7
    AIC, BIC          168.318, 182.978
    iterations        22, converged

    start  seed  log-likelihood  iterations  mode
        1     1      -77.158832          22     1
        2     2      -77.158832          24     1
        3     3      -77.158832          17     1
    3 of 3 starts reached the best log-likelihood
    1 mode; chance that another start finds a new one: less than 34 %

    """

  /// With a prior, starts are sorted by an objective that is not the log-likelihood: both are shown, and which it is.
  @Test func withAPriorTheStartsShowWhatTheyAreSortedBy() throws {
    let arguments = ["fit", "m.yaml", "d.csv", "--starts", "3", "--prior", "1"]
    let run = try Tool.run(arguments, in: Self.folder())
    let lines = run.standardOutput.split(separator: "\n").map(String.init)
    #expect(lines.contains("start  seed  log-likelihood  with log-prior  iterations  mode"))
    #expect(
      lines.dropLast().last
        == "3 of 3 starts reached the best log-likelihood with log-prior, by which they are sorted")
    let objectives = lines.suffix(5).dropLast(2).compactMap { Double($0.split(separator: " ")[3]) }
    #expect(objectives.count == 3 && objectives == objectives.sorted(by: >))
    let starts = try #require(
      try Self.json(Tool.run(arguments + ["--json"], in: Self.folder()))["starts"] as? [[String: Any]])
    let reported = starts.compactMap { $0["objective"] as? Double }.sorted(by: >)
    #expect(reported.count == 3)
    for (shown, exact) in zip(objectives, reported) { #expect((shown - exact).magnitude < 1e-6) }
    let plain = try Self.json(Tool.run("fit", "m.yaml", "d.csv", "--json", in: Self.folder()))
    #expect((plain["starts"] as? [[String: Any]])?.allSatisfy { $0["objective"] == nil } == true)
  }

  @Test func quietRunsSayNothing() throws {
    let folder = try Self.folder()
    let run = try Tool.run("fit", "m.yaml", "d.csv", "--quiet", "-o", "f.yaml", in: folder)
    #expect(run.standardError == "")
    #expect(folder.files == ["d.csv", "f.yaml", "m.yaml"])
  }

  @Test func aFittedModelIsAFixedPoint() throws {
    let folder = try Self.folder()
    _ = try Tool.run("fit", "m.yaml", "d.csv", "--tolerance", "1e-14", "-o", "f.yaml", in: folder)
    let first = try Self.json(Tool.run("fit", "f.yaml", "d.csv", "--max-iterations", "0", "--json", in: folder))
    let more = try Self.json(
      Tool.run("fit", "f.yaml", "d.csv", "--max-iterations", "5", "--tolerance", "0", "--json", in: folder))
    let before = try #require(first["log_likelihood"] as? Double)
    let after = try #require(more["log_likelihood"] as? Double)
    #expect((after - before).magnitude < 1e-8)
    #expect(more["stop_reason"] as? String == "max-iterations")
  }

  static func json(_ run: ToolRun) throws -> [String: Any] {
    #expect(run.status == 0, "\(run.standardError)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
  }

  @Test func theJSONReportHasItsKeys() throws {
    let report = try Self.json(Tool.run("fit", "m.yaml", "d.csv", "--prior", "1", "--json", in: Self.folder()))
    #expect(
      Set(report.keys)
        == [
          "log_likelihood", "log_likelihood_trace", "objective_trace", "iterations", "converged", "stop_reason", "rows",
          "complete_rows", "incomplete_rows", "missing_cells", "total_weight", "latent_variables", "free_parameters",
          "aic", "bic", "of_a_density", "seed", "starts", "starts_at_best", "modes", "chance_of_unseen_mode",
          "degenerate", "seconds", "unseen_parent_configurations", "warnings",
        ])
    #expect(report["rows"] as? Int == 60)
    #expect(report["incomplete_rows"] as? Int == 12)
    #expect(report["missing_cells"] as? Int == 12)
    #expect(report["latent_variables"] as? [String] == ["bloc"])
    #expect(report["free_parameters"] as? Int == 7)
    #expect((report["starts"] as? [[String: Any]])?.compactMap { $0["seed"] as? Int } == Array(1...10))
    #expect(report["converged"] as? Bool == true)
    let objectives = try #require(report["objective_trace"] as? [Double])
    #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
  }

  @Test func theTraceHoldsBoundsBetweenLogLikelihoods() throws {
    let folder = try Self.folder()
    _ = try Tool.run("fit", "m.yaml", "d.csv", "--starts", "1", "--trace", "t.csv", in: folder)
    let lines = try #require(folder.text(of: "t.csv")).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines[0] == ["iteration", "log_likelihood", "bound", "gap", "seconds"])
    #expect(lines[1][0] == "0" && lines[1][2] == "" && lines[1][3] == "")
    for (before, line) in zip(lines.dropFirst(), lines.dropFirst(2)) {
      let (last, now) = (try #require(Double(before[1])), try #require(Double(line[1])))
      let (bound, gap) = (try #require(Double(line[2])), try #require(Double(line[3])))
      #expect(bound >= last - 1e-9 && bound <= now + 1e-9)
      #expect(gap == now - bound)
    }
  }

  @Test func threadsChangeNoBit() throws {
    let folder = try Self.folder()
    for threads in ["1", "2", "7"] {
      _ = try Tool.run("fit", "m.yaml", "d.csv", "--threads", threads, "-o", "f\(threads).json", in: folder)
    }
    #expect(folder.text(of: "f1.json") != nil)
    #expect(folder.text(of: "f1.json") == folder.text(of: "f2.json"))
    #expect(folder.text(of: "f1.json") == folder.text(of: "f7.json"))
  }

  @Test func aSymmetricStartIsReported() throws {
    let folder = try Self.folder()
    let uniform = """
      parameters:
        bloc: [0.4, 0.6]
        a: {left: [0.5, 0.5], right: [0.5, 0.5]}
        b: {left: [0.5, 0.5], right: [0.5, 0.5]}
        c: {left: [0.5, 0.5], right: [0.5, 0.5]}

      """
    try folder.write(Self.model + uniform, to: "s.yaml")
    let run = try Tool.run("fit", "s.yaml", "d.csv", in: folder)
    #expect(run.status == 0)
    #expect(
      run.standardError
        == "the start is symmetric in bloc: its posterior is the same in every row, and EM cannot leave such a start; "
        + "use --start random or give the model file unequal parameters\n")
  }

  /// The children of the latent variable never vary, so its posterior is the same in every row from any start.
  @Test func aRandomStartIsNotCalledSymmetric() throws {
    let model =
      "latent: 1\nvariables:\n  h: {states: [a, b], latent: true}\n  x: {states: [n, y]}\n  z: {states: [n, y]}\n"
    let folder = try Folder(["m.yaml": model + "edges:\n  - h -> x\n", "d.csv": "x,z\ny,n\ny,y\n"])
    #expect(
      try Tool.run("fit", "m.yaml", "d.csv", "--starts", "2", in: folder).standardError.contains("symmetric") == false)
  }

  @Test func anUnmarkedVariableWithoutAColumnIsAnError() throws {
    let folder = try Folder(["m.yaml": Self.model.replacing(", latent: true", with: ""), "d.csv": Self.data])
    let run = try Tool.run("fit", "m.yaml", "d.csv", in: folder)
    #expect(run.status == 65)
    #expect(
      run.standardError == "d.csv: there is no column bloc; add it, or mark the variable 'latent: true' in m.yaml\n")
  }

  /// Ctrl-C ends cleanly: exit code 130, the best parameters so far in the output file, and a word about it.
  @Test func interruptionKeepsTheBestParameters() throws {
    let folder = try Self.folder()
    let process = Process()
    process.executableURL = try Tool.location
    process.arguments = [
      "fit", "m.yaml", "d.csv", "--tolerance", "0", "--max-iterations", "1000000000", "-o", "f.yaml",
    ]
    process.currentDirectoryURL = folder.url
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    let deadline = ContinuousClock.now + .seconds(20)
    while process.isRunning, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.05) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text.hasSuffix("interrupted: f.yaml holds the best parameters so far\n"))
    #expect(folder.files == ["d.csv", "f.yaml", "m.yaml"])
    let again = try Self.json(Tool.run("fit", "f.yaml", "d.csv", "--max-iterations", "0", "--json", in: folder))
    #expect((again["log_likelihood"] as? Double ?? -.infinity) > -100)
  }
}
