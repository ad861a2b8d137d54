public import LatentData
internal import LatentKernels
internal import LatentModels

/// The most probable explanation of every row of a table.
public struct Decoding {
  /// What an explanation is.
  public enum Method: Hashable, Sendable {
    /// The most probable class of this one hidden root, with all other unobserved cells summed out.
    case hiddenRoot(VariableID)
    /// The jointly most probable states of these variables, with all other unobserved cells summed out.
    case variables([VariableID])
    /// The jointly most probable assignment of everything unobserved.
    case joint
    /// The most probable path of this variable through each sequence, with all other unobserved cells summed out.
    case path(VariableID)
  }

  /// One explained row.
  public struct Explanation: Hashable, Sendable {
    /// The codes of the row in schema order with what was decoded; −1 where a cell was summed out or has a number.
    public let states: [StateCode]
    /// log p(decoded states, observed cells of the row).
    public let logProbability: Double
  }

  private enum Solver {
    case single(RowPosteriors)
    case several(JointModes)
    case joint(MostProbableCompletion)
  }

  /// What is decoded: a class, the variables asked for, or everything unobserved.
  public let method: Method
  private let inference: RowInference
  private let solver: Solver

  /// Prepares the distinct components of all rows.
  ///
  /// - latent: the variables that count as latent; those of numbers do not. When that is one, and it has no parents, its classes are decoded;
  ///   otherwise everything unobserved is.
  public init(_ inference: RowInference, latent: [VariableID]) {
    self.inference = inference
    let latent = latent.filter { inference.network.schema[$0].isCategorical }
    if latent.count == 1, inference.network.structure.family(of: latent[0]).parents.isEmpty {
      method = .hiddenRoot(latent[0])
      solver = .single(RowPosteriors(inference, of: latent))
    } else {
      method = .joint
      solver = .joint(MostProbableCompletion(inference))
    }
  }

  /// Prepares to decode these variables, which are different and have states.
  ///
  /// - Throws: `InferenceError` when the joint table of several variables needs more memory than the limit.
  /// - Complexity: of one variable, linear in the distinct components; of several, a variable elimination for every row
  ///   that differs from all before it.
  public init(
    _ inference: RowInference, of asked: [VariableID], limit: MemoryLimit = .standard
  ) throws(InferenceError) {
    self.inference = inference
    method = .variables(asked)
    solver =
      asked.count == 1
      ? .single(RowPosteriors(inference, of: asked)) : .several(try JointModes(inference, of: asked, limit: limit))
  }

  /// The explanation of a row, which must not be impossible. Of several within a relative 1e-12 of each other it is the
  /// one with the state listed first, in the first variable in which they differ.
  public func explanation(row: Int) -> Explanation {
    switch solver {
    case .joint(let completion):
      let states = completion.completion(row: row)
      return Explanation(states: states, logProbability: inference.observedLogProbability(states, row: row))
    case .several(let modes):
      return Explanation(
        states: modes.states(row: row),
        logProbability: inference.logLikelihood(row: row) + modes.logProbability(row: row))
    case .single(let posteriors):
      var states = inference.table.codes(row: row)
      var logProbability = inference.logLikelihood(row: row)
      posteriors.forEach(row: row) { id, posterior in
        let state = likeliestState(of: posterior).first
        states[id.index] = StateCode(state)
        logProbability += naturalLog(posterior[posterior.startIndex + state])
      }
      return Explanation(states: states, logProbability: logProbability)
    }
  }

  /// The states of all explanations, one column of codes per variable.
  package func states() -> [[StateCode]] {
    switch solver {
    case .joint(let completion): completion.completions()
    case .several(let modes): modes.states()
    case .single(let posteriors): posteriors.modes()
    }
  }

  /// The log-probability of each explanation, made of the states that `states()` returned.
  package func logProbabilities(of states: [[StateCode]]) -> [Double] {
    switch solver {
    case .joint:
      return FamilyLogs(inference.network).sums(of: inference.table, blocks: .observedColumns) { states[$0.index] }
    case .several(let modes):
      return (0..<inference.rowCount).map { inference.logLikelihood(row: $0) + modes.logProbability(row: $0) }
    case .single(let posteriors):
      return (0..<inference.rowCount).map { row in
        var logProbability = inference.logLikelihood(row: row)
        posteriors.forEach(row: row) { _, posterior in
          logProbability += naturalLog(posterior[posterior.startIndex + likeliestState(of: posterior).first])
        }
        return logProbability
      }
    }
  }
}
