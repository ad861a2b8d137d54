internal import ArgumentParser
internal import Foundation
internal import Latent

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say how long fit would take, how much memory it would need, and what makes both grow.",
    discussion: """
      The rows are read as fit reads them, and one start is run for up to half a second. Nothing is written; the model \
      needs no parameters.

      Example: latent plan survey.yaml survey.csv
      """)

  @Argument(help: "The model. - is standard input.", completion: .modelFile)
  var model: String

  @Argument(help: "The table. - is standard input.", completion: .tableFile)
  var data: String

  @OptionGroup(title: "Expectation-maximization") var options: PlanOptions

  @Flag(help: "Say also what the plan rests on: components, nodes, and the time of each step.")
  var verbose = false

  @Flag(help: "Print the plan as one JSON object.")
  var json = false

  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(model, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(model, console)
    let clock = ContinuousClock()
    let begin = clock.now
    let table = try LoadedTable(data, for: loaded, dataOptions, console)
    let plan = try FitPlan(
      loaded, table, readSeconds: (clock.now - begin) / .seconds(1), options, memory: common.memory)
    if json {
      try writeJSON(plan.json)
    } else {
      try writeText(plan.text + (verbose ? "\n" + plan.internals : ""))
    }
  }
}

/// How the fit that is planned would work.
struct PlanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many starts the fit makes. Default: as fit.", valueName: "n"))
  var starts: Int?

  @Option(help: ArgumentHelp("How many threads work.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: "Complete every unobserved cell of a row (full), or only those with an observed descendant (minimal).")
  var completion = CompletionPolicy.minimal

  func validate() throws {
    guard (1...10_000).contains(starts ?? 1) else {
      throw ValidationError("--starts \(starts ?? 1): expected 1 to 10000")
    }
    guard (1...1024).contains(threads) else { throw ValidationError("--threads \(threads): expected 1 to 1024") }
  }
}
