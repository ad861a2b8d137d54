public import LatentData
internal import LatentInference
public import LatentModels

/// The first iterations of EM on a small problem, with everything that one would write on the board.
///
/// It goes through the completions of each distinct row by the definitions and shares no arithmetic with the engines,
/// whose numbers are the same.
public struct Walkthrough: Hashable, Sendable {
  /// Equal rows of the table, written once.
  public struct Row: Hashable, Sendable {
    /// One code per variable in schema order; −1 where nothing was observed.
    public let cells: [StateCode]
    /// The summed weight of the rows that are equal to this one.
    public let weight: Double
    /// The hidden cells that the E-step completes, in schema order.
    public let hidden: [VariableID]
  }

  /// One iteration: the E-step at θ_{t−1} and the M-step to θ_t.
  public struct Step: Hashable, Sendable {
    /// t, counted from 1.
    public let number: Int
    /// q_{t−1}(hidden) = p(hidden | observed, θ_{t−1}): per distinct row one probability for each joint state of its
    /// `hidden`, the last of which varies fastest; a single 1 where nothing is hidden.
    public let posteriors: [[Double]]
    /// N(x, parents), the expected counts under q_{t−1}, without pseudo-counts.
    public let counts: Statistics
    /// θ_t.
    public let model: BayesianNetwork
    /// F(q_{t−1}, θ_t) = Σ weight · Σ_hidden q_{t−1} · log (p(observed, hidden | θ_t) / q_{t−1}).
    public let bound: Double
    /// ℓ(θ_t).
    public let logLikelihood: Double
    /// Σ weight · KL(q_{t−1} ‖ q_t), which is ℓ(θ_t) − F(q_{t−1}, θ_t): what the next E-step closes.
    public let gap: Double
  }

  /// θ_0.
  public let start: BayesianNetwork
  /// ℓ(θ_0).
  public let startLogLikelihood: Double
  /// The distinct rows of positive weight, in the order of their first appearance.
  public let rows: [Row]
  /// The pseudo-counts α that the M-step adds to N, if any.
  public let prior: Statistics?
  /// The iterations, in order.
  public let steps: [Step]

  /// The most distinct rows, joint states of one row's hidden cells, and rows of all tables that a board holds.
  public static let limits = (rows: 40, completions: 64, tableRows: 60)

  /// Runs EM for some iterations, whether or not a stopping rule would have ended it before.
  ///
  /// - Parameters:
  ///   - start: θ_0.
  ///   - table: the data, of the network's schema.
  ///   - iterations: the number of steps.
  ///   - completion: which hidden cells the E-step completes.
  ///   - prior: pseudo-counts of a Dirichlet prior.
  /// - Throws: when the problem is too large for a board, or a row has probability 0.
  public init(
    start: BayesianNetwork, table: Table, iterations: Int, completion: CompletionPolicy = .minimal,
    prior: Statistics? = nil
  ) throws(WalkthroughError) {
    precondition(iterations >= 0, "a number of steps")
    let board = try Board(start.structure, table, completion)
    var model = start
    var point = try board.expect(model)
    self.start = start
    self.prior = prior
    startLogLikelihood = point.logLikelihood
    rows = board.rows
    var steps: [Step] = []
    for number in 0..<iterations {
      let counts = point.counts
      var statistics = counts
      if let prior { statistics += prior }
      model.maximize(from: statistics)
      let next = try board.expect(model)
      steps.append(
        Step(
          number: number + 1, posteriors: point.posteriors, counts: counts, model: model,
          bound: board.bound(point.posteriors, model), logLikelihood: next.logLikelihood,
          gap: board.divergence(point.posteriors, from: next.posteriors)))
      point = next
    }
    self.steps = steps
  }

  /// The objective after M-step t, or at the start for t = 0: ℓ(θ_t) plus the log-prior up to a constant.
  public func objective(after t: Int) -> Double {
    let (model, logLikelihood) =
      t == 0 ? (start, startLogLikelihood) : (steps[t - 1].model, steps[t - 1].logLikelihood)
    return logLikelihood + (prior.map(model.score) ?? 0)
  }
}

/// What keeps the iterations of EM from being written on a board.
public enum WalkthroughError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A variable of numbers: its completions cannot be written out.
  case numbers(variable: String)
  /// The row, counted from 0, with which the distinct rows become more than the limit.
  case tooManyRows(row: Int, limit: Int)
  /// The hidden cells of a row, counted from 0, have more joint states than the limit.
  case tooManyCompletions(Double, row: Int, limit: Int)
  /// The tables of all variables together have more rows than the limit.
  case tooManyTableRows(Int, limit: Int)
  /// The observed cells of a row, counted from 0, have probability 0.
  case impossibleRow(Int)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .numbers(let variable):
      "\(variable) has numbers, and only models of variables with states are explained; leave it out of the model"
    case .tooManyRows(let row, let limit):
      "row \(row + 1) is distinct row \(limit + 1) of the table, and at most \(limit) are explained; "
        + "select fewer rows or variables"
    case .tooManyCompletions(let count, let row, let limit):
      "the hidden cells of row \(row + 1) have \(Board.describe(count)) joint states, and at most \(limit) are "
        + "explained; select rows with fewer missing cells or a model with fewer hidden variables"
    case .tooManyTableRows(let count, let limit):
      "the tables of the model have \(count) rows together, and at most \(limit) are explained; "
        + "take a model with fewer variables or parents"
    case .impossibleRow(let row):
      "the observed cells of row \(row + 1) have probability 0 under the model; correct them or replace zeros in the "
        + "tables"
    }
  }
}
