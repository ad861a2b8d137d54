import LatentData
import LatentInference

/// p(variables | evidence) by adding up completions, the last variable fastest.
func shares(of ids: [VariableID], in completions: [Completion], _ schema: Schema) -> [Double] {
  var sums = [Double](repeating: 0, count: ids.reduce(1) { $0 * schema[$1].cardinality })
  for completion in completions {
    var cell = 0
    for id in ids { cell = cell * schema[id].cardinality + Int(completion.states[id.index]) }
    sums[cell] += completion.probability
  }
  return sums
}
