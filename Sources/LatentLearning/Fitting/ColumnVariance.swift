package import LatentData
package import LatentModels

extension Model {
  /// Refuses a column of numbers from which no normal distribution can be learned.
  ///
  /// - frame: where the numbers of the columns lie.
  package func requireVariances(_ frame: Frame, _ summary: TableSummary) throws(FitError) {
    for id in schema.ids where !schema[id].isCategorical && !fixed.contains(id) {
      let axis = frame[id]
      guard !summary.isUnobserved(id), !Frame.learnableVariances.contains(axis.variance) else { continue }
      throw axis.variance == 0
        ? .constantColumn(schema[id].name, value: axis.origin) : .variance(axis.variance, column: schema[id].name)
    }
  }
}
