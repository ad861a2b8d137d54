internal import ArgumentParser
internal import Latent

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what fit would do: components, engine, memory, time per iteration.",
    discussion: """
      The data are compiled as fit compiles them, and a few iterations are run and \
      timed. Nothing is learned; the model needs no parameters.

      Example: latent plan survey.yaml survey.csv
      """)

  @Argument(help: "The model. - is standard input.")
  var model: String

  @Argument(help: "The table. - is standard input.")
  var data: String

  @Option(
    help: "Complete every unobserved cell of a row (full), or only those with an observed descendant (minimal).")
  var completion = CompletionPolicy.minimal

  @Flag(help: "Print the plan as one JSON object.")
  var json = false

  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(model, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(model, console)
    let table = try LoadedTable(data, for: loaded, dataOptions, console)
    let plan = try FitPlan(loaded, table, completion: completion, memory: common.memory)
    if json {
      try writeJSON(plan.json)
    } else {
      try writeText(plan.text)
    }
  }
}
