public import LatentData
public import LatentInference
public import LatentModels

/// A fit that is ready to run: the rows are read, the starts are drawn.
///
/// `Model.fit(to:starts:seed:options:onIteration:)` does both in one call; a program that has something to say or to
/// check in between does them apart.
public struct PreparedFit: Sendable {
  /// The model that is learned.
  public let model: Model
  /// How it is learned.
  public let options: FitOptions
  /// The starts, in the order in which they run; of an automatic number those that come first.
  public let starts: [Start<BayesianNetwork>]
  /// What the rows hold.
  public let summary: TableSummary
  /// The variables that the model declares latent or no row observes, in schema order.
  public let latent: [VariableID]
  /// What is known before the first iteration.
  public let findings: [FitFinding]
  /// The pseudo-statistics of the prior; nil for maximum likelihood.
  public let prior: Statistics?
  private let drawing: StartDrawing
  private let compiler: CircuitCompiler
  /// The rows with no more than what informs the parameters, where the fit completes more than that.
  private let informed: CircuitCompiler?
  /// The first rows, for a look at the start.
  private let firstRows: Table

  /// How many rows are kept for a look at the start.
  private static let keptRows = 10_000

  /// Reads all rows, once and without keeping them, and draws the starts.
  ///
  /// - Throws: what reading throws, `FitError`, `InferenceError.otherVariables`, and what else `InferenceError` says of
  ///   starts that are made from rows. Linear in the rows.
  public init(
    _ model: Model, to rows: some RowSource, starts: StartPolicy = .standard, seed: UInt64 = 1,
    options: FitOptions = FitOptions()
  ) throws {
    var summary = TableSummary(schema: model.schema)
    var compiler = CircuitCompiler(model.structure, completion: options.completion, limit: options.memory)
    var informed =
      options.completion == .minimal ? nil : CircuitCompiler(model.structure, limit: options.memory)
    var firstRows = RowPrefix(schema: model.schema, limit: Self.keptRows)
    var sample = RowReservoir(schema: model.schema)
    try rows.forEachBlock { block in
      guard block.schema == model.schema else { throw InferenceError.otherVariables }
      let block = block.recordingMissingness(of: model.codebook)
      summary.add(block)
      compiler.add(block)
      informed?.add(block)
      firstRows.append(block)
      if !model.structure.isCategorical { sample.add(block) }
    }
    guard (0..<1).contains(options.varianceFloor) else { throw FitError.varianceFloor(options.varianceFloor) }
    guard summary.weight > 0 else { throw FitError.noRows }
    guard summary.weight.isFinite else { throw FitError.infiniteWeight }
    try model.requireVariances(compiler.frame, summary)
    let latent = model.schema.ids.filter {
      summary.isUnobserved($0) && model.schema[$0].isCategorical || model.latent.contains($0)
    }
    self.model = model
    self.options = options
    drawing = try StartDrawing(
      starts, seed: seed, of: model, options: options,
      frame: compiler.frame.flooring(variancesAt: options.varianceFloor), latent: latent, summary, sample: sample.table)
    self.starts = try drawing.first()
    self.summary = summary
    self.latent = latent
    self.compiler = compiler
    self.informed = informed
    self.firstRows = firstRows.table
    prior = try options.pseudoStatistics(of: model, compiler.frame)
    findings = Self.findings(model, summary)
  }

  private static func findings(_ model: Model, _ summary: TableSummary) -> [FitFinding] {
    var findings: [FitFinding] = []
    for id in model.latent.sorted() where !summary.isUnobserved(id) {
      findings.append(.partlyLabelled(id, rows: summary.observedCells[id.index]))
    }
    if model.schema.ids.allSatisfy({ summary.isUnobserved($0) }) { findings.append(.allCellsMissing) }
    return findings
  }

  /// Compiles the rows and runs EM from every start.
  ///
  /// - Parameter onIteration: called, from several threads, with the position of a start and each of its points; when
  ///   it asks to stop, all starts end at their next point, and those that have not begun are left out.
  /// - Throws: `InferenceError` when exact inference needs more memory than the options allow; `StartError` with the
  ///   position of a start and what went wrong there, such as `InferenceError.impossibleData`.
  public func run(
    onIteration: @Sendable (_ start: Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> ModelFit {
    precondition(options.threads > 0, "at least one thread")
    let stuck = try uninformed()
    let circuit = try compiler.compile(threads: options.threads, about: frame)
    let driver = ExpectationMaximization(stopping: options.stopping, bounds: options.bounds)
    let modes = NetworkModes(self)
    var result = try Restarts(driver, threads: options.threads).fit(
      starts, of: circuit, prior: prior, acceleration: options.acceleration(in: frame),
      comparison: FitComparison(
        distance: modes.distance, isDegenerate: { !degenerateComponents($0).isEmpty },
        losesDigits: { $0.losesDigits(in: frame) }),
      further: { reports in
        try drawing.starts(reports.count..<reports.count + drawing.policy.further(after: reports))
      },
      onIteration: onIteration)
    result.best = ordered(result.best)
    return ModelFit(self, result, circuit, stuck, try rowsWithoutData(result, circuit))
  }

  /// The start at a position, also beyond those that a fit begins with.
  public func start(_ number: Int) throws(InferenceError) -> Start<BayesianNetwork> {
    number < starts.count ? starts[number] : try drawing.start(number)
  }

  /// How many starts there are at most; nil where that is not automatic.
  var mostStarts: Int? {
    if case .automatic(let most) = drawing.policy.count { most } else { nil }
  }

  /// Where the numbers of the columns lie, with the floor that was asked for.
  private var frame: Frame { compiler.frame.flooring(variancesAt: options.varianceFloor) }

  /// The parts of a fit that are degenerate.
  func degenerateComponents(_ fit: Fit<BayesianNetwork>) -> [DegenerateComponent] {
    fit.degenerateComponents(frame, latent: latent, rowWeight: summary.weight / Double(summary.rowCount))
  }

  private func rowsWithoutData(
    _ result: Restarts.Result<BayesianNetwork>, _ circuit: Circuit
  ) throws(InferenceError) -> RowsWithoutData {
    guard let informed else { return try RowsWithoutData(self, result, circuit, result.best.statistics) }
    let circuit = try informed.compile(threads: options.threads, about: frame)
    var statistics = result.best.model.emptyStatistics
    _ = try ComponentEngine(circuit, threads: options.threads).expect(under: result.best.model, into: &statistics)
    return try RowsWithoutData(self, result, circuit, statistics)
  }

  /// What EM cannot learn from these rows, or from the start in the file; a random start is never symmetric.
  private func uninformed() throws(InferenceError) -> [FitFinding] {
    if findings.contains(.allCellsMissing) { return [] }
    return try uninformedVariables(start: starts[0].model.slice, table: firstRows, memory: options.memory)
      .filter { summary.isUnobserved($0.variable) }
      .filter { $0.cause == .noObservedDescendant || starts[0].origin == .file }
      .map { .uninformed($0) }
  }
}

/// The first rows of a source.
private struct RowPrefix {
  private let schema: Schema
  private var blocks: [Table] = []
  /// How many rows there is still room for.
  private var room: Int

  init(schema: Schema, limit: Int) {
    self.schema = schema
    room = limit
  }

  mutating func append(_ block: Table) {
    guard room > 0 else { return }
    blocks.append(block.rowCount <= room ? block : block.selecting(Array(0..<room)))
    room -= blocks[blocks.count - 1].rowCount
  }

  var table: Table { Table(checked: schema, joining: blocks) }
}
