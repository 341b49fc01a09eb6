package analysis

// deepest is a number of frames at which a stack may have been cut short, before the user's code.
const deepest = 200
