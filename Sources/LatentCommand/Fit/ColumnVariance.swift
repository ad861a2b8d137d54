internal import Latent

/// Refuses a column of numbers from which no normal distribution can be learned.
///
/// - frame: where the numbers of the columns lie.
/// - file: the path of the data.
func requireVariances(_ model: Model, _ frame: Frame, _ summary: TableSummary, file: String) throws(CommandError) {
  for id in model.schema.ids where !model.schema[id].isCategorical && !model.fixed.contains(id) {
    let axis = frame[id]
    guard !summary.isUnobserved(id), !Frame.learnableVariances.contains(axis.variance) else { continue }
    let flaw =
      if axis.variance == 0 {
        "is constant (\(axis.origin) in every row that has it), and a normal distribution needs numbers that vary; "
          + "remove the variable from the model, or give it states"
      } else if axis.variance < 1 {
        "has numbers that hardly differ (a variance of \(axis.variance)); multiply them by a large number"
      } else {
        "has a variance of \(axis.variance), too large to compute with; divide its numbers, or the weights"
      }
    throw CommandError(.data, "\(displayName(file)): column \(model.schema[id].name) \(flaw)")
  }
}
