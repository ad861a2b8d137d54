import LatentKernels

/// A random normal distribution, and textbook formulas by elimination on whole matrices.
struct NormalExample {
  let dimension: Int
  let mean: [Double]
  /// Σ, row after row.
  let covariance: [[Double]]

  init(dimension: Int, using random: inout SplitMix64) {
    self.dimension = dimension
    mean = (0..<dimension).map { _ in Double.random(in: -3...3, using: &random) }
    let factor = (0..<dimension).map { _ in (0..<dimension).map { _ in Double.random(in: -1...1, using: &random) } }
    let scales = (0..<dimension).map { _ in Double.random(in: 0.5...2, using: &random) }
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: dimension), count: dimension)
    for i in 0..<dimension {
      for j in 0..<dimension {
        var element = i == j ? 0.5 : 0
        for k in 0..<dimension { element += factor[i][k] * factor[j][k] }
        covariance[i][j] = element * scales[i] * scales[j]
      }
    }
    self.covariance = covariance
  }

  var packed: [Double] { covariance.indices.flatMap { covariance[$0][...$0] } }

  /// log N of the observed coordinates.
  func logDensity(_ x: [Double], observed: [Int]) -> Double {
    let differences = observed.enumerated().map { x[$0.offset] - mean[$0.element] }
    let (solution, logDeterminant) = solve(submatrix(observed, observed), [differences])
    let distance = zip(differences, solution[0]).reduce(0) { $0 + $1.0 * $1.1 }
    return -0.5 * (Double(observed.count) * naturalLog(2 * .pi) + logDeterminant + distance)
  }

  func submatrix(_ rows: [Int], _ columns: [Int]) -> [[Double]] {
    rows.map { i in columns.map { covariance[i][$0] } }
  }
}

/// Solves A x = b for some right sides, and gives log |A|: elimination with pivots of a positive definite matrix.
func solve(_ matrix: [[Double]], _ sides: [[Double]]) -> (solutions: [[Double]], logDeterminant: Double) {
  var (matrix, sides) = (matrix, sides)
  var logDeterminant = 0.0
  for k in matrix.indices {
    logDeterminant += naturalLog(matrix[k][k])
    for i in matrix.indices where i != k {
      let factor = matrix[i][k] / matrix[k][k]
      for j in k..<matrix.count { matrix[i][j] -= factor * matrix[k][j] }
      for side in sides.indices { sides[side][i] -= factor * sides[side][k] }
    }
  }
  return (sides.map { side in side.indices.map { side[$0] / matrix[$0][$0] } }, logDeterminant)
}

/// Rows of numbers for a block some of whose coordinates are observed, and configurations for the cells of each row.
struct TileExample {
  let configurationCount: Int
  let normals: [NormalExample]
  let observed: [Int32]
  let rows: Int
  let cells: Int
  /// Distance of rows in `numbers`.
  let stride: Int
  let numbers: [Double]
  let configurations: [Int32]
  /// What each row adds to the configuration of its cells; nil where nothing.
  let bases: [Int32]?
  let mass: [Double]

  let form: GaussianBlock.Form
  let instructions: InstructionSet
  var block: GaussianBlock { GaussianBlock(dimension: observed.count, form: form, instructions: instructions) }

  init(
    form: GaussianBlock.Form, hasBases: Bool, rows: Int, instructions: InstructionSet, seed: UInt64
  ) {
    var random = SplitMix64(seed: seed)
    self.form = form
    self.instructions = instructions
    self.rows = rows
    let dimension = Int.random(in: 1...9, using: &random)
    configurationCount = Int.random(in: 1...7, using: &random)
    normals = (0..<configurationCount).map { _ in NormalExample(dimension: dimension, using: &random) }
    observed = (0..<Int32(dimension)).filter { _ in seed % 3 == 0 || Int.random(in: 0..<4, using: &random) > 0 }
    cells = Int.random(in: 1...20, using: &random)
    stride = observed.count + Int.random(in: 0...2, using: &random)
    numbers = (0..<rows * stride + observed.count).map { _ in Double.random(in: -4...4, using: &random) }
    let spread = hasBases ? configurationCount / 2 : 0
    let first = 0..<Int32(configurationCount - spread)
    configurations = (0..<cells).map { _ in Int32.random(in: first, using: &random) }
    // Runs of equal bases, long and short.
    var base: Int32 = 0
    var rowBases: [Int32] = []
    for _ in 0..<rows {
      if Int.random(in: 0..<8, using: &random) == 0 { base = Int32.random(in: 0...Int32(spread), using: &random) }
      rowBases.append(base)
    }
    bases = hasBases ? rowBases : nil
    mass = (0..<rows * cells).map { _ in Double.random(in: 0...1, using: &random) }
  }

  func numbers(ofRow row: Int) -> [Double] { Array(numbers[row * stride..<row * stride + observed.count]) }

  func configuration(_ row: Int, _ cell: Int) -> Int { Int(configurations[cell] + (bases?[row] ?? 0)) }

  /// Calls the body with the index of the tile and scratch.
  func withIndex(_ body: (DensityIndex, UnsafeMutablePointer<Double>) -> Void) {
    var scratch = [Double](repeating: .nan, count: block.scratchCount(cells: cells))
    configurations.withUnsafeBufferPointer { configurations in
      (bases ?? []).withUnsafeBufferPointer { rowBases in
        scratch.withUnsafeMutableBufferPointer { scratch in
          let index = DensityIndex(
            configurations: configurations.baseAddress!, bases: bases == nil ? nil : rowBases.baseAddress,
            cells: cells)
          body(index, scratch.baseAddress!)
        }
      }
    }
  }
}
