internal import LatentKernels

extension GaussianLaw {
  package func coordinates(_ parameters: ArraySlice<Double>, about reference: ArraySlice<Double>) -> [Double] {
    let deviations = deviations(reference)
    var factor = Array(parameters.dropFirst(dimension))
    let isDefinite = choleskyFactor(&factor, dimension: dimension) != nil
    precondition(isDefinite, "a covariance is positive definite")
    for row in 0..<dimension {
      for column in 0..<row { factor[packedCount(row) + column] /= deviations[row] }
      factor[packedCount(row) + row] = naturalLog(factor[packedCount(row) + row] / deviations[row])
    }
    let means = (0..<dimension).map { number in
      (parameters[parameters.startIndex + number] - reference[reference.startIndex + number]) / deviations[number]
    }
    return means + factor
  }

  package func row(at coordinates: [Double], about reference: ArraySlice<Double>) -> [Double] {
    let deviations = deviations(reference)
    var factor = Array(coordinates.dropFirst(dimension))
    for row in 0..<dimension {
      for column in 0..<row { factor[packedCount(row) + column] *= deviations[row] }
      factor[packedCount(row) + row] = exponential(factor[packedCount(row) + row]) * deviations[row]
    }
    var result = (0..<dimension).map { reference[reference.startIndex + $0] + coordinates[$0] * deviations[$0] }
    for row in 0..<dimension {
      for column in 0...row {
        result.append(
          (0...column).reduce(0) { $0 + factor[packedCount(row) + $1] * factor[packedCount(column) + $1] })
      }
    }
    return result
  }

  package func shaped(_ direction: [Double], first: [Double]) -> [Double] {
    switch covariance {
    case .full: return direction
    case .tied: return Array(direction.prefix(dimension) + first.dropFirst(dimension))
    case .diagonal, .spherical:
      var shaped = direction.prefix(dimension) + [Double](repeating: 0, count: packedCount(dimension))
      for number in 0..<dimension {
        shaped[variancePosition(number)] = direction[variancePosition(covariance == .spherical ? 0 : number)]
      }
      return Array(shaped)
    }
  }

  private func deviations(_ row: ArraySlice<Double>) -> [Double] {
    (0..<dimension).map { moments(of: $0, row).variance.squareRoot() }
  }
}
