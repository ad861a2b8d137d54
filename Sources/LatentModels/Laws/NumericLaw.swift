/// The law of a family of numbers, of which a row may observe some and miss others.
///
/// Rows that observe the same numbers of a family, the same *pattern*, are summed up to moments of what they observe;
/// once per pattern and configuration of the parents these become statistics of all numbers.
package protocol NumericLaw: ConditionalLaw {
  /// How many moments summarise rows that observe so many numbers of the family.
  func momentCount(observed: Int) -> Int

  /// log p(observed numbers | parents) summed over rows that have these moments, for one configuration.
  func marginalScore(
    _ parameters: ArraySlice<Double>, moments: ArraySlice<Double>, observed: [Int], _ axes: [Frame.Axis]
  ) -> Double

  /// Adds to one row of statistics what rows with these moments are expected to add.
  ///
  /// - observed: the positions, among the numbers of the family, that the rows observe; none for numbers that nobody
  ///   saw, whose moments begin with their weight all the same.
  func complete(
    _ moments: ArraySlice<Double>, observed: [Int], _ policy: CompletionPolicy, _ parameters: ArraySlice<Double>,
    _ axes: [Frame.Axis], into statistics: UnsafeMutableBufferPointer<Double>)

  /// The numbers of one configuration, when those in `observed` are seen.
  func conditional(_ parameters: ArraySlice<Double>, observed: [Int]) -> ConditionalNumbers

  /// A start around where the numbers of the columns lie.
  ///
  /// - standardNormal: the next number drawn from the normal distribution of mean 0 and variance 1.
  func randomRow(_ axes: [Frame.Axis], standardNormal: () -> Double) -> [Double]

  /// One row of statistics of so many rows of the table that are like its columns: independent of each other, with their
  /// means and variances.
  func pseudoStatistics(weight: Double, _ axes: [Frame.Axis]) -> [Double]

  /// The numbers whose variance, or one in some direction that they are part of, is the least that the frame allows.
  func numbersAtFloor(_ parameters: ArraySlice<Double>, _ axes: [Frame.Axis]) -> [Int]

  /// A row in coordinates without bounds, in which every point is regular: means in units of the standard deviations of
  /// `reference`, the factor of the covariance with the logarithms of its diagonal, square roots of rates.
  func coordinates(_ parameters: ArraySlice<Double>, about reference: ArraySlice<Double>) -> [Double]

  /// The row at these coordinates.
  func row(at coordinates: [Double], about reference: ArraySlice<Double>) -> [Double]

  /// A direction in the coordinates of a row that keeps the shape of the covariance: 0 where that demands 0, equal where
  /// it demands equality.
  ///
  /// - first: the direction of the first row of the family, which all rows of a tied covariance share.
  func shaped(_ direction: [Double], first: [Double]) -> [Double]

  /// A row lifted to the least variance that the frame allows; the same row where it is above.
  func lifted(_ parameters: [Double], _ axes: [Frame.Axis]) -> [Double]

  /// Mean and variance of one number of the family.
  func moments(of number: Int, _ parameters: ArraySlice<Double>) -> (mean: Double, variance: Double)
}
