internal import LatentKernels

extension GaussianLaw {
  package func numbersAtFloor(_ parameters: ArraySlice<Double>, _ axes: [Frame.Axis]) -> [Int] {
    let floors = axes.map(\.varianceFloor)
    if isSeparable {
      let shared = floors.max() ?? 0
      return (0..<dimension).filter {
        moments(of: $0, parameters).variance <= (covariance == .spherical ? shared : floors[$0])
      }
    }
    let lifted = floors.map { $0 * (1 + 1e-6) }
    let matrix = Array(parameters.dropFirst(dimension))
    guard floors.allSatisfy({ $0 > 0 }), !exceeds(matrix, lifted) else { return [] }
    let flat = directions(matrix, lifted).filter { $0.variance <= 1 }
    return (0..<dimension).filter { number in
      flat.contains { direction in
        let largest = direction.vector.reduce(0) { max($0, $1.magnitude) }
        return direction.vector[number].magnitude > Self.leastPart * largest
      }
    }
  }

  /// How large a number's part in a direction is, against the largest, for the direction to be about it.
  private static let leastPart = 0.01

  /// The eigenvectors of D^−½ M D^−½ with the floors D, and their eigenvalues, the largest first.
  func directions(_ packed: [Double], _ floors: [Double]) -> [(variance: Double, vector: [Double])] {
    var scaled = [Double](repeating: 0, count: dimension * dimension)
    for row in 0..<dimension {
      for column in 0..<dimension {
        scaled[row * dimension + column] =
          packed[packedIndex(row, column)] / (floors[row] * floors[column]).squareRoot()
      }
    }
    var values = floors
    var vectors = [Double](repeating: 0, count: dimension * dimension)
    symmetricEigen(&scaled, dimension: dimension, values: &values, vectors: &vectors)
    return values.indices.map { (values[$0], Array(vectors[$0 * dimension..<($0 + 1) * dimension])) }
  }
}
