internal import LatentKernels

extension GaussianLaw {
  /// Σ_j [−Σw/2 · (d log 2π + log |Σ|) − ½ tr(Σ⁻¹ M)], M the second moments about μ.
  package func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axes: [Frame.Axis]
  ) -> Double {
    var sum = 0.0
    for row in 0..<parameters.count / parameterCount {
      let cells = parameters[row * parameterCount..<(row + 1) * parameterCount]
      let moments = statistics[row * statisticsCount..<(row + 1) * statisticsCount]
      if isSeparable {
        for number in 0..<dimension { sum += score(of: number, cells, moments.dropFirst(3 * number), axes[number]) }
      } else if moments[moments.startIndex] > 0 {
        sum += jointScore(Array(cells)[...], Array(moments)[...], observed: Array(0..<dimension), axes)
      }
    }
    return sum
  }

  package func marginalScore(
    _ parameters: ArraySlice<Double>, moments: ArraySlice<Double>, observed: [Int], _ axes: [Frame.Axis]
  ) -> Double {
    guard !observed.isEmpty, moments[moments.startIndex] > 0 else { return 0 }
    guard isSeparable else { return jointScore(parameters, moments, observed: observed, axes) }
    return observed.enumerated().reduce(0) {
      $0 + score(of: $1.element, parameters, moments.dropFirst(3 * $1.offset), axes[$1.element])
    }
  }

  /// One number by itself: −Σw/2 · log 2πσ² − (Σwy² − 2 δ Σwy + δ² Σw) / 2σ² with δ = μ − o.
  ///
  /// - moments: those of the number, and of no concern what stands behind them.
  private func score(
    of number: Int, _ cells: some RandomAccessCollection<Double>, _ moments: some RandomAccessCollection<Double>,
    _ axis: Frame.Axis
  ) -> Double {
    func at(_ position: Int) -> Double { cells[cells.index(cells.startIndex, offsetBy: position)] }
    let three = Array(moments.prefix(3))
    guard three[0] > 0 else { return 0 }
    let (shift, variance) = (at(number) - axis.origin, at(variancePosition(number)))
    let squares = three[2] - 2 * shift * three[1] + shift * shift * three[0]
    return -three[0] / 2 * naturalLog(2 * .pi * variance) - squares / (2 * variance)
  }

  private func jointScore(
    _ parameters: ArraySlice<Double>, _ moments: ArraySlice<Double>, observed: [Int], _ axes: [Frame.Axis]
  ) -> Double {
    let count = observed.count
    let start = parameters.startIndex
    var factor: [Double] = []
    for row in observed {
      for column in observed.prefix(while: { $0 <= row }) {
        factor.append(parameters[start + dimension + packedCount(row) + column])
      }
    }
    guard let logDeterminant = choleskyFactor(&factor, dimension: count) else {
      preconditionFailure("a covariance is positive definite")
    }
    invertTriangle(&factor, dimension: count)
    let second = centred(moments, observed.map { parameters[start + $0] - axes[$0].origin })
    // tr(Σ⁻¹ M) = Σ over the rows r of L⁻¹ of r M rᵀ.
    var trace = 0.0
    for row in 0..<count {
      let inverse = factor[packedCount(row)..<packedCount(row + 1)]
      for (a, left) in zip(0..., inverse) {
        var sum = 0.0
        for (b, right) in zip(0..., inverse) { sum += second[packedCount(max(a, b)) + min(a, b)] * right }
        trace += left * sum
      }
    }
    return -0.5 * (moments[moments.startIndex] * (Double(count) * naturalLog(2 * .pi) + logDeterminant) + trace)
  }

  /// The lower triangle of the second moments about origins that are moved by `shifts`, M = S − δ sᵀ − s δᵀ + w δ δᵀ.
  func centred(_ moments: ArraySlice<Double>, _ shifts: [Double]) -> [Double] {
    let start = moments.startIndex
    let weight = moments[start]
    func first(_ number: Int) -> Double { moments[start + packedCount(number + 1)] }
    var matrix: [Double] = []
    for row in shifts.indices {
      for column in 0...row {
        matrix.append(
          moments[start + packedCount(row + 1) + 1 + column] - shifts[row] * first(column) - first(row) * shifts[column]
            + weight * shifts[row] * shifts[column])
      }
    }
    return matrix
  }

  package func complete(
    _ moments: ArraySlice<Double>, observed: [Int], _ policy: CompletionPolicy, _ parameters: ArraySlice<Double>,
    _ axes: [Frame.Axis], into statistics: UnsafeMutableBufferPointer<Double>
  ) {
    guard moments[moments.startIndex] > 0, let target = statistics.baseAddress else { return }
    if isSeparable {
      completeEach(moments, observed: observed, policy, parameters, axes, into: statistics)
    } else if observed.count == dimension {
      for (index, moment) in moments.enumerated() { statistics[index] += moment }
    } else {
      completeJointly(moments, observed: observed, parameters, axes.map(\.origin), addingTo: target)
    }
  }

  private func completeJointly(
    _ moments: ArraySlice<Double>, observed: [Int], _ parameters: ArraySlice<Double>, _ origins: [Double],
    addingTo target: UnsafeMutablePointer<Double>
  ) {
    var density = [Double](
      repeating: 0, count: GaussianBlock(dimension: observed.count, form: .full).densityCount)
    let missing = (0..<dimension).filter { !observed.contains($0) }
    withPointers(parameters.prefix(dimension), parameters.dropFirst(dimension), observed: observed, missing: missing) {
      mean, covariance, pattern in
      prepareDensity(mean, covariance, pattern, to: &density)
      moments.withUnsafeBufferPointer {
        complete(
          $0.baseAddress!, configurations: 1, pattern, densities: density, mean, origins, addingTo: target)
      }
    }
  }

  /// Adds to the statistics of all configurations what rows with these moments are expected to add, where numbers depend
  /// on each other and some are missing.
  ///
  /// - moments: of what the rows observe, configuration after configuration, as are `parameters` and `statistics`.
  /// - densities: of the observed numbers, as the kernels prepare them of these parameters.
  package func complete(
    _ moments: UnsafePointer<Double>, configurations: Int, observed: [Int], densities: UnsafePointer<Double>,
    _ parameters: UnsafePointer<Double>, _ axes: [Frame.Axis], addingTo statistics: UnsafeMutablePointer<Double>
  ) {
    let missing = (0..<dimension).filter { !observed.contains($0) }
    observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
      missing.map { Int32($0) }.withUnsafeBufferPointer { missing in
        complete(
          moments, configurations: configurations, CoordinatePattern(observed: observed, missing: missing),
          densities: densities, parameters, axes.map(\.origin), addingTo: statistics)
      }
    }
  }

  private func complete(
    _ moments: UnsafePointer<Double>, configurations: Int, _ pattern: CoordinatePattern,
    densities: UnsafePointer<Double>, _ parameters: UnsafePointer<Double>, _ origins: [Double],
    addingTo statistics: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: completionScratchCount(dimension: dimension)) { scratch in
      completeMoments(
        configurations: configurations, densities: densities, means: parameters, covariances: parameters + dimension,
        stride: parameterCount, pattern: pattern, origin: origins, observedMoments: moments, addingTo: statistics,
        momentStride: statisticsCount, scratch: scratch.baseAddress!)
    }
  }

  /// Numbers that are independent: a missing one adds its expectation, or nothing where it is left out.
  private func completeEach(
    _ moments: ArraySlice<Double>, observed: [Int], _ policy: CompletionPolicy, _ parameters: ArraySlice<Double>,
    _ axes: [Frame.Axis], into statistics: UnsafeMutableBufferPointer<Double>
  ) {
    let (start, weight) = (moments.startIndex, moments[moments.startIndex])
    for (position, number) in observed.enumerated() {
      for moment in 0..<3 { statistics[3 * number + moment] += moments[start + 3 * position + moment] }
    }
    guard policy == .full || observed.isEmpty else { return }
    for number in 0..<dimension where !observed.contains(number) {
      let (mean, variance) = self.moments(of: number, parameters)
      let shift = mean - axes[number].origin
      statistics[3 * number] += weight
      statistics[3 * number + 1] += weight * shift
      statistics[3 * number + 2] += weight * (variance + shift * shift)
    }
  }
}
