SELECT epoch FROM store_epoch
