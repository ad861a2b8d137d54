internal import LatentKernels
public import LatentModels

/// The E-step over distinct hidden components: its cost does not grow with rows that repeat themselves.
///
/// The circuit is shared by all engines that are made from it; each engine has buffers of its own and is used by one
/// thread at a time.
public struct ComponentEngine: ExpectationEngine {
  /// What was compiled; it may be shared.
  public let circuit: Circuit
  private let workspace: CircuitWorkspace

  /// An engine with buffers of its own, allocated here.
  public init(_ circuit: Circuit) {
    self.circuit = circuit
    workspace = CircuitWorkspace(circuit)
  }

  /// Adds the expected counts of all families to `statistics`; allocates nothing.
  ///
  /// - Returns: ℓ(θ) = Σ_k w_k log p(x_obs^k | θ).
  /// - Throws: `InferenceError.impossibleRows` when a row has probability 0; which one, `RowInference` tells.
  public mutating func expect(
    under model: BayesianNetwork, into statistics: inout Statistics
  ) throws(InferenceError) -> Double {
    precondition(model.structure.offsets == circuit.structure.offsets, "a model of the circuit's structure")
    let constant = weightedLogSum(weights: circuit.constantCounts, values: model.parameters)
    let logLikelihood = constant + workspace.expect(model.parameters)
    guard logLikelihood > -.infinity else { throw .impossibleRows([]) }
    let count = circuit.structure.parameterCount
    statistics.values.withUnsafeMutableBufferPointer { values in
      for cell in 0..<count { values[cell] += workspace.belief[cell] }
    }
    return logLikelihood
  }
}
