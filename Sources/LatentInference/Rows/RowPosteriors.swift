public import LatentData
internal import LatentModels

/// The posterior p(variable | observed cells of the row) of every unobserved variable of every row.
///
/// Equal hidden components of different rows are computed once, when this is made.
public struct RowPosteriors {
  private let inference: RowInference
  /// The posteriors of all instances end to end, in the order of `RowInference.variables(ofInstance:)`.
  private let values: [Double]
  private let starts: [Int]

  /// Computes the posteriors of all distinct components; those of impossible rows have no meaning.
  public init(_ inference: RowInference) {
    self.inference = inference
    var values: [Double] = []
    var starts: [Int] = []
    starts.reserveCapacity(inference.instanceCount)
    var walk = ComponentWalk(inference)
    for instance in 0..<inference.instanceCount {
      starts.append(values.count)
      walk.begin(instance)
      walk.appendPosteriors(to: &values)
    }
    self.values = values
    self.starts = starts
  }

  /// Calls `body` with each unobserved variable of a row and its posterior, which sums to 1.
  ///
  /// The row must not be impossible; a row of weight 0 has no posteriors.
  public func forEach(row: Int, _ body: (VariableID, ArraySlice<Double>) -> Void) {
    for instance in inference.instances(ofRow: row) {
      var start = starts[Int(instance)]
      for id in inference.variables(ofInstance: Int(instance)) {
        let end = start + max(1, inference.network.schema[id].states.count)
        if inference.network.schema[id].isCategorical { body(id, values[start..<end]) }
        start = end
      }
    }
  }

  /// The codes of a row in schema order, each unobserved variable in the state that is most probable by itself; of
  /// several within a relative 1e-12 of each other, the one listed first.
  public func modes(row: Int) -> [StateCode] {
    var codes = inference.table.codes(row: row)
    forEach(row: row) { codes[$0.index] = StateCode(likeliestStates($1)[0]) }
    return codes
  }
}
