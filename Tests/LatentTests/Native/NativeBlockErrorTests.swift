import LatentFormats
import LatentModels
import Testing

/// Sentences about blocks of columns and counts in native files.
@Suite struct NativeBlockErrorTests {
  private static let block = "latent: 1\nvariables:\n  k: {states: [a, b]}\n  w: {type: gaussian, columns: [x, y]}\n"
  private static let parameters = block + "parameters:\n  w: "

  static let sentences: [(text: String, message: String)] = [
    (
      "latent: 1\nvariables:\n  w: {type: poisson, columns: [x]}\n",
      "m.yaml:3:7: a block of columns is of type gaussian; make a variable of each column that counts"
    ),
    (
      "latent: 1\nvariables:\n  w: {type: gaussian, columns: [x], covariance: round}\n",
      "m.yaml:3:49: the covariance of w is 'round'; expected one of full, diagonal, tied, spherical"
    ),
    (
      "latent: 1\nvariables:\n  w: {type: gaussian, covariance: full}\n",
      "m.yaml:3:23: variable w has a covariance and no columns; list them under 'columns', or remove 'covariance'"
    ),
    (
      "latent: 1\nvariables:\n  w: {type: gaussian, columns: [x], latent: true}\n",
      "m.yaml:3:37: w is a block of columns of numbers; remove 'latent'"
    ),
    (
      "latent: 1\nvariables:\n  x: {type: gaussian, columns: [x]}\n",
      "m.yaml:3:3: the name x of a block is taken by a variable or another block; names must differ"
    ),
    (
      "latent: 1\nvariables:\n  w: {type: gaussian, columns: []}\n",
      "m.yaml:3:3: the block w has no columns; list those that it describes"
    ),
    (block + "edges: [w -> k]\n", "m.yaml:5:9: w is a block of numbers and cannot be a parent; turn the edge around"),
    (block + "edges: [k -> x]\n", "m.yaml:5:9: x is a column of the block w; name the block"),
    (
      "latent: 1\nvariables:\n  n: {type: poisson, fixed: mean}\n",
      "m.yaml:3:29: variable n has no mean apart from its spread; write 'fixed: true', or leave it out"
    ),
    (
      block + "parameters:\n  x: {mean: 0, variance: 1}\n",
      "m.yaml:6:3: x is a column of the block w; give the parameters of the block"
    ),
    (
      parameters + "{mean: [0], covariance: [[1, 0], [0, 1]]}\n",
      "m.yaml:6:13: found a list, expected the mean of w: a list of 2 numbers"
    ),
    (
      parameters + "{mean: [0, 0], covariance: [[1, 0.5], [0, 1]]}\n",
      "m.yaml:6:44: the covariance of w is not symmetric: 0.0 and 0.5 stand across the diagonal; make them equal"
    ),
    (
      parameters + "{mean: [0, 0], covariance: [[1, 2], [2, 1]]}\n",
      "m.yaml:6:6: the covariance of w is not positive definite; correct it"
    ),
  ]

  /// The rounding of a product of matrices is no asymmetry; the lower triangle is what counts.
  @Test func roundingAcrossTheDiagonalIsTaken() throws {
    let text = Self.parameters + "{mean: [0, 0], covariance: [[4, 0.3], [0.30000000000000004, 1]]}\n"
    let model = try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
    #expect(model.parameters[1] == [0, 0, 4, 0.30000000000000004, 1])
  }

  @Test(arguments: sentences) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml") }
    #expect(error?.description == message)
  }
}
