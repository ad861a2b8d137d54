public import LatentData
internal import LatentModels

/// The jointly most probable completion of every row of a table: max-product elimination over shared components.
public struct MostProbableCompletion {
  private let inference: RowInference
  private let maxima: CircuitWorkspace

  public init(_ inference: RowInference) {
    self.inference = inference
    maxima = CircuitWorkspace(inference.components.circuit)
    maxima.forward(inference.network.parameters, .maximum)
  }

  /// Differences below this, relative, are ties: the state listed first wins.
  private static let tie = 1e-12

  /// The codes of the completed row in schema order. The row must not be impossible.
  public func completion(row: Int) -> [StateCode] {
    var completed = inference.table.row(row)
    for instance in inference.instances(ofRow: row) {
      let walk = ComponentWalk(inference, instance: Int(instance))
      walk.complete(values: maxima.value) { products in
        var best = 0
        for state in products.indices.dropFirst() where products[state] > products[best] * (1 + Self.tie) {
          best = state
        }
        return best
      } assign: { index, state in
        completed[inference.layout.order[index].index] = StateCode(state)
      }
    }
    return completed
  }

  /// log p(completion, observed cells of the row).
  public func logProbability(row: Int) -> Double {
    inference.observedLogProbability(completion(row: row))
  }
}
