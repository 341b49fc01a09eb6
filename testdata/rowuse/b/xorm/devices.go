package xorm

import (
	"context"
	"fmt"
	"io"

	"xorm.io/xorm"
)

type Device struct {
	Id       int64
	SiteId   int64
	Name     string
	Firmware string
	Online   bool
}

// DeviceStore finds devices.
type DeviceStore interface {
	Online(ctx context.Context, site int64) ([]*Device, error)
}

type xormDevices struct{ engine *xorm.Engine }

func (x xormDevices) Online(ctx context.Context, site int64) ([]*Device, error) {
	var devices []*Device
	if err := x.engine.Context(ctx).Where("site_id = ? AND online = ?", site, true).Find(&devices); err != nil { // want: fetch-to-count
		return nil, err
	}
	return devices, nil
}

type statusCmd struct {
	out     io.Writer
	devices DeviceStore
}

func (c *statusCmd) run(ctx context.Context, site int64) error {
	devices, err := c.devices.Online(ctx, site)
	if err != nil {
		return err
	}
	online := len(devices)
	_, err = fmt.Fprintf(c.out, "site %d: %d online\n", site, online)
	return err
}
