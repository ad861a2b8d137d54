internal import ArgumentParser
internal import Foundation
internal import Latent

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Learn parameters by expectation-maximization from incomplete data.",
    discussion: """
      A variable is latent when MODEL says so or, in formats that cannot say it, when DATA has no column for it. Every \
      observed cell is used; no row is dropped.

      Example: latent fit survey.yaml survey.csv -o fitted.yaml
      """)

  @Argument(
    help: "The model: its variables, edges and, as a start, its parameters. - is standard input.",
    completion: .modelFile)
  var model: String

  @Argument(help: "The table, with a header. - is standard input.", completion: .tableFile)
  var data: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the fitted model to FILE.", valueName: "file"),
    completion: .modelFile)
  var output: String?

  @OptionGroup(title: "Expectation-maximization") var arguments: FitArguments
  @OptionGroup(title: "Data") var dataOptions: DataOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Make missing cells of these columns a state of their own, with commas between; repeatable.", valueName: "columns"
    ))
  var missingAsState: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write iteration, log_likelihood, bound, gap and seconds of the best start to a CSV file.", valueName: "file"),
    completion: .tableFile)
  var trace: String?

  @Option(
    help: ArgumentHelp(
      "Write out the first N iterations of a small model: posteriors, expected counts, new tables.", valueName: "n"))
  var explain: Int?

  @Flag(help: "Print the report as one JSON document.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try requireOneStandardInput(model, data)
    if let output { try requireModelExtension(output) }
    if let explain, explain < 1 { throw ValidationError("--explain \(explain): expected at least 1 iteration") }
    if json, explain != nil { throw ValidationError("--explain prints text; leave out --json") }
    if output == "-", json || explain != nil {
      throw ValidationError("-o - and the report would mix on standard output; name a file")
    }
    if trace == "-" {
      throw ValidationError("--trace - and the report would mix on standard output; name a file")
    }
    if let trace, let other = [output, model, data].compactMap({ $0 }).first(where: { isSameFile($0, trace) }) {
      throw ValidationError("--trace \(trace) would replace \(other); name another file")
    }
  }

  func run() throws {
    let console = common.console
    for path in [output, trace].compactMap({ $0 }) { try checkWritable(path) }
    let loaded = try LoadedModel(model, console).withMissingAsState(missingAsState)
    if explain != nil { try loaded.refuseSequences("--explain") }
    let source = FitSource(data, for: loaded, dataOptions, console, keepsAll: explain != nil)
    let options = arguments.fitOptions(memory: common.memory, bounds: trace == nil ? .none : .everyIteration)
    let job = try FitJob(loaded, source, path: data, arguments, options)
    for warning in job.warnings { console.note(warning) }
    // A format that cannot spell the model says so before the work, not after it.
    let target = output.map { ModelTarget(path: $0, annotations: loaded.file.annotations) }
    if let target { _ = try target.text(of: job.unfitted(for: target.path)) }
    Interruption.listen()
    if let explain { try writeText(job.walkthrough(iterations: explain).text) }
    let progress = FitProgress(
      starts: job.prepared.starts.count, stopping: job.prepared.options.stopping, console: console)
    let outcome: FitOutcomeReport
    do {
      outcome = try job.run(progress)
    } catch {
      progress.finish()
      throw error
    }
    progress.finish()
    if let target { try target.write(outcome.fitted(for: target.path), console) }
    if let trace { try outcome.writeTrace(to: trace) }
    for warning in outcome.warnings { console.note(warning) }
    if json {
      try writeJSON(FitReport(job, outcome).json)
    } else if output != "-" {
      try writeText(FitText(job, outcome, output: output).text)
    }
    if outcome.wasInterrupted { try endInterrupted(console) }
  }

  private func endInterrupted(_ console: Console) throws {
    let status = 128 + Interruption.signalNumber
    console.note(
      output.map { "interrupted: \(displayName($0)) holds the best parameters so far" }
        ?? "interrupted: no parameters were written, since there is no -o FILE")
    throw ExitCode(status)
  }
}

/// Refuses two inputs from the one standard input.
func requireOneStandardInput(_ model: String, _ data: String) throws {
  if model == "-", data == "-" {
    throw ValidationError("standard input can be the model or the data, not both; name one as a file")
  }
}

/// Refuses the name of an output model whose extension is not that of a format, before any work is done.
func requireModelExtension(_ path: String) throws {
  guard path != "-", ModelFormat(path: path) == nil else { return }
  let known = ModelFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
  throw ValidationError("\(path): the extension does not say which format to write; use one of \(known)")
}

/// Finds out before any work is done whether a file can be written; leaves nothing behind.
func checkWritable(_ path: String) throws {
  _ = try OutputFile(path)
}

/// Whether two names lead to the same file.
func isSameFile(_ a: String, _ b: String) -> Bool {
  func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path }
  return a != "-" && b != "-" && resolved(a) == resolved(b)
}
