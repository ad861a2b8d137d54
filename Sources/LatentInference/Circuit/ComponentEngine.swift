internal import Dispatch
internal import LatentKernels
public import LatentModels

/// The E-step over distinct hidden components: its cost does not grow with rows that repeat themselves.
///
/// The circuit is shared by all engines that are made from it; each engine owns the buffers that a sweep works in, which is
/// why it is a class: two names for one engine are one engine. A large circuit is cut into chunks by its size alone; their
/// counts are added in the order of the chunks, so that the result has the same bits for any number of threads.
public final class ComponentEngine: ExpectationEngine {
  /// What is computed.
  public let circuit: Circuit
  /// How many chunks are computed at a time.
  public let threads: Int
  private let workspaces: [CircuitWorkspace]

  /// Allocates the buffers for a circuit.
  public init(_ circuit: Circuit, threads: Int = 1) {
    precondition(threads > 0, "at least one thread")
    self.circuit = circuit
    self.threads = threads
    workspaces = ([circuit] + circuit.rest).map { CircuitWorkspace($0) }
  }

  /// Adds the expected statistics of all families to `statistics`; allocates nothing that grows with the data.
  ///
  /// - Returns: ℓ(θ) = Σ_k w_k log p(x_obs^k | θ).
  /// - Throws: `InferenceError.impossibleData` when a row has probability 0; which one, `RowInference` tells.
  public func expect(
    under model: BayesianNetwork, into statistics: inout Statistics
  ) throws(InferenceError) -> Double {
    precondition(model.structure.families == circuit.structure.families, "a model of the circuit's structure")
    var logLikelihood = circuit.constantLogSum(model.parameters)
    if threads > 1, workspaces.count > 1 {
      nonisolated(unsafe) let workspaces = workspaces
      let parameters = model.parameters
      let workers = min(threads, workspaces.count)
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for chunk in stride(from: worker, to: workspaces.count, by: workers) { workspaces[chunk].expect(parameters) }
      }
    } else {
      for workspace in workspaces { workspace.expect(model.parameters) }
    }
    for workspace in workspaces { logLikelihood += workspace.logLikelihood }
    guard logLikelihood > -.infinity else { throw .impossibleData }
    add(to: &statistics, under: model.parameters)
    return logLikelihood
  }

  /// Adds what the last sweep counted.
  private func add(to statistics: inout Statistics, under parameters: [Double]) {
    statistics.adopt(circuit.frame)
    let cells = circuit.structure.tableCellCount
    statistics.values.withUnsafeMutableBufferPointer { values in
      for workspace in workspaces {
        for cell in 0..<cells { values[cell] += workspace.belief[cell] }
      }
      if !circuit.structure.isCategorical { addNumbers(to: values, parameters) }
    }
  }

  /// Adds the statistics of numbers: what was counted once, what the tiles found, and what numbers add that nobody saw and
  /// that are completed, whose weight is the mass in their table of ones.
  private func addNumbers(to values: UnsafeMutableBufferPointer<Double>, _ parameters: [Double]) {
    let cells = circuit.structure.tableCellCount
    parameters.withUnsafeBufferPointer { parameters in
      for constant in circuit.constantMoments {
        constant.pattern.complete(
          constant.moments, circuit.completion, parameters, circuit.frame, into: values, from: 0)
      }
    }
    for workspace in workspaces {
      for (index, value) in workspace.numberStatistics.enumerated() { values[cells + index] += value }
    }
    var ones = cells
    for family in circuit.structure.numericFamilies {
      let axes = circuit.frame.axes(of: family)
      for configuration in 0..<family.configurations {
        let mass = workspaces.reduce(0) { $0 + $1.belief[ones] }
        ones += 1
        guard mass > 0 else { continue }
        family.numericBehavior?.complete(
          [mass], observed: [], .full, parameters[family.parameters(in: configuration)], axes,
          into: UnsafeMutableBufferPointer(rebasing: values[family.statistics(in: configuration)]))
      }
    }
  }
}
