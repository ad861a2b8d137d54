internal import ArgumentParser
internal import Latent

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Fit several models, or one in several sizes, and compare them.",
    discussion: """
      The last name is the table, all before it are models, which must be about the same columns of it. Models are \
      compared by AIC, BIC and ICL, of which smaller is better, and best is the one of the smallest BIC. With numbers \
      among the columns, these figures are of a density: they compare models, but have no meaning by themselves.

      Example: latent compare survey.yaml survey.csv --components 1...6 -o best.yaml
      """)

  @Argument(
    help: ArgumentHelp("One model or more, then the table, with a header.", valueName: "files"),
    completion: .modelOrTableFile)
  var files: [String]

  @OptionGroup var variations: VariationOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Cross-validate: deal the rows to N folds, and score each with the parameters learned from the others.",
      valueName: "n"))
  var folds: Int?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the best model by BIC to FILE.", valueName: "file"),
    completion: .modelFile)
  var output: String?

  @Option(
    help: ArgumentHelp("Draw the criteria, over the sizes where there are any, to FILE.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Flag(help: "Write one JSON object.")
  var json = false

  @OptionGroup(title: "Expectation-maximization") var arguments: FitArguments
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup var common: CommonOptions

  private var models: ArraySlice<String> { files.dropLast() }
  private var data: String { files[files.count - 1] }

  func validate() throws {
    guard !models.isEmpty else {
      throw ValidationError("\(files[0]): expected one model or more, and then the table")
    }
    if data == "-" { throw ValidationError("-: the table is read once for each model; name a file") }
    if let twice = models.first(where: { name in models.count { $0 == name } > 1 }) {
      throw ValidationError("\(twice): the model is named twice; name it once")
    }
    if variations.areGiven, models.count > 1 {
      throw ValidationError("--components and --covariance vary one model, found \(models.count); name one")
    }
    if variations.areGiven, arguments.start == .model {
      throw ValidationError("--start model: a varied model has no parameters to start from; leave it out")
    }
    if let folds, folds < 2 { throw ValidationError("--folds \(folds): expected 2 or more") }
    if let output { try requireModelExtension(output) }
    if output == "-" || svg == "-" {
      throw ValidationError(
        "\(output == "-" ? "-o" : "--svg") - and the report would mix on standard output; name a file")
    }
  }

  func run() throws {
    let console = common.console
    for file in [output, svg].compactMap(\.self) { try checkWritable(file) }
    let loaded = try models.map { try LoadedModel($0, console) }
    // A variation knows no previous steps: it would be another model.
    for model in loaded { try model.refuseSequences("a comparison") }
    let candidates = try loaded.flatMap { try variations.candidates(of: $0) }
    Interruption.listen()
    var comparison = Comparison()
    for (number, candidate) in candidates.enumerated() {
      // What there is to say about the table is said once.
      let source = FitSource(
        data, for: candidate.loaded, dataOptions, number == 0 ? console : Console(isQuiet: true), keepsAll: true)
      let compared = try ComparedModel(candidate, source, path: data, options, console)
      for warning in compared.warnings { console.note("\(candidate.name): \(warning)") }
      try comparison.append(compared)
    }
    if let output {
      let best = comparison.best
      let target = ModelTarget(path: output, annotations: best.job.loaded.file.annotations)
      try target.write(best.outcome.fitted(for: output), console)
    }
    if let svg {
      let file = try OutputFile(svg)
      try file.write(comparison.drawing(of: data).svg)
      try file.commit()
    }
    for advice in comparison.advice { console.note(advice) }
    if json {
      try writeJSON(comparison.json)
    } else {
      try writeText(comparison.text)
    }
  }

  private var options: ComparisonOptions {
    ComparisonOptions(arguments: arguments, folds: folds, memory: common.memory)
  }
}

/// How the models of a comparison are fitted.
struct ComparisonOptions {
  let arguments: FitArguments
  /// How many folds cross-validation has; nil without it.
  let folds: Int?
  let memory: MemoryLimit
}
