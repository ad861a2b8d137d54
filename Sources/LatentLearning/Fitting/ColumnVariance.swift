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
      // Squares of numbers as small as these are 0.
      let isTiny = axis.origin != 0 && axis.origin.magnitude < 1e-150
      throw axis.variance == 0 && !isTiny
        ? .constantColumn(schema[id].name, value: axis.origin) : .variance(axis.variance, column: schema[id].name)
    }
  }
}
