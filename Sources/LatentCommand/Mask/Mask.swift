internal import ArgumentParser
internal import Latent

/// Why cells are hidden.
enum MaskMechanism: String, ExpressibleByArgument, CaseIterable {
  case mcar
  case mar
  case mnar
  case latent
}

struct MaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mask",
    abstract: "Hide cells of a table on purpose, and keep the truth.",
    discussion: """
      MASKED is DATA with some cells made missing; all others stay as they stand. \
      Rates count among the cells that are not missing already.

      mcar    each cell by chance, whatever the row holds
      mar     the log-odds depend on columns that are not masked
      mnar    they depend on the cell itself, or on another masked column
      latent  every cell of the columns

      A dependence 'B: A=yes:1.5, age:-0.02' adds 1.5 to the log-odds of hiding B \
      where A is yes, and takes 0.02 away per unit of age; a missing cell adds \
      nothing. The intercept follows from --rate, which takes a first pass over \
      DATA, or is given by --intercept.

      Example: latent mask survey.csv --mechanism mcar --rate 0.2 -o masked.csv --truth truth.csv
      """)

  @Argument(help: "The table. - is standard input, which can be read once only.", completion: .tableFile)
  var data: String

  @Option(help: ArgumentHelp("Why cells are hidden: mcar, mar, mnar or latent.", valueName: "mechanism"))
  var mechanism: MaskMechanism

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The share of cells to hide; COLUMN=SHARE for one column, repeatable.", valueName: "share"))
  var rate: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The columns to mask, with commas between; repeatable. Default: those that --rate or --depends-on name, or all.",
      valueName: "names"))
  var columns: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What the log-odds of hiding a column depend on: 'B: A=yes:1.5' or 'B: A:0.5' per unit, with commas between; repeatable.",
      valueName: "dependence"))
  var dependsOn: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The log-odds of hiding a cell where no dependence applies, instead of --rate.", valueName: "x"))
  var intercept: Double?

  @Flag(help: "Hide exactly the share of --rate in each column, rounded to whole cells.")
  var exact = false

  @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "s"))
  var seed: UInt64 = 1

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the table to FILE; - is standard output.", valueName: "file"),
    completion: .tableFile)
  var output = "-"

  @Option(
    help: ArgumentHelp(
      "Write what was hidden to FILE: row (from 1, without the header), column, value.", valueName: "file"),
    completion: .tableFile)
  var truth: String?

  @OptionGroup(title: "Data") var tableOptions: TableOptions
  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if truth == output {
      throw ValidationError("--truth \(output): the table is written there already; name another file")
    }
    if let intercept, !intercept.isFinite {
      throw ValidationError("--intercept \(intercept): expected a finite number")
    }
    if mechanism == .latent {
      for (name, isGiven) in [
        ("--rate", !rate.isEmpty), ("--depends-on", !dependsOn.isEmpty), ("--intercept", intercept != nil),
        ("--exact", exact),
      ] where isGiven { throw ValidationError("latent hides whole columns; leave out \(name)") }
      if columns.isEmpty { throw ValidationError("latent hides whole columns; name them with --columns") }
      return
    }
    if mechanism == .mcar, !dependsOn.isEmpty {
      throw ValidationError("under mcar nothing depends on anything; leave out --depends-on, or use mar or mnar")
    }
    if intercept != nil, !rate.isEmpty || exact {
      throw ValidationError(
        "--intercept and --\(exact ? "exact" : "rate") both say how many cells to hide; give one of them")
    }
    if intercept == nil, rate.isEmpty {
      throw ValidationError(
        "nothing says how many cells to hide; give --rate\(mechanism == .mcar ? "" : " or --intercept")")
    }
  }

  func run() throws {
    let console = consoleOptions.console
    let records = try CSVRecords(data, missing: tableOptions.missingTokens)
    let plan = try MaskPlan(self, records)
    var rules = plan.columns.map { HidingRule($0.goal) }
    if plan.needsPass {
      guard data != "-" else {
        throw CommandError(
          .usage,
          "standard input can be read once, and \(exact ? "--exact" : "a dependence with --rate") takes a pass before; "
            + "name a file\(exact ? "" : ", or give --intercept")")
      }
      try MaskPass(try CSVRecords(data, missing: tableOptions.missingTokens), plan, seed: seed).consider(for: &rules)
    }
    let pass = MaskPass(records, plan, seed: seed)
    let counts = try pass.write(to: output, truth: truth, hiding: &rules)
    for warning in records.warnings { console.note("\(displayName(data)): \(warning.sentence)") }
    for (index, column) in plan.columns.enumerated() {
      console.note(counts[index].sentence(column, rules[index], records.header))
    }
    console.note("hid \(counted(counts.reduce(0) { $0 + $1.hidden }, "cell")) with seed \(seed)")
  }
}
